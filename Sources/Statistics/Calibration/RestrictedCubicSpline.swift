/// Harrell's restricted cubic spline: linear below the first knot and above the last (Regression Modeling Strategies, 2015,
/// section 2.4.5, doi:10.1007/978-3-319-19425-7). Basis and default knots agree with R's `rms::rcs`.
public struct RestrictedCubicSpline: Hashable, Sendable {
  /// Ascending, at least three.
  public let knots: [Double]

  /// As many as the basis has functions, the constant among them.
  public var parameters: Int { knots.count }

  init(knots: [Double]) {
    precondition(knots.count >= 3)
    self.knots = knots
  }

  /// Knots at Harrell's quantiles: three below 30 cases, four below 100, else five; below 100 the outer ones at the fifth
  /// value from either end. Knots that coincide are one.
  ///
  /// - Parameter values: Ascending; weights empty or one for each.
  /// - Throws: `notComputed` where fewer than three knots remain.
  public init(over values: [Double], weights: [Double]) throws(Undefined) {
    let shares: [Double] =
      switch values.count {
      case ..<30: [0.1, 0.5, 0.9]
      case ..<100: [0.05, 0.35, 0.65, 0.95]
      default: [0.05, 0.275, 0.5, 0.725, 0.95]
      }
    let quantiles = Quantiles(ofAscending: values, weights: weights)
    var places = shares.map(quantiles.at)
    if (10..<100).contains(values.count) {
      places[0] = values[4]
      places[places.count - 1] = values[values.count - 5]
    }
    var knots: [Double] = []
    for knot in places where knots.last.map({ $0 < knot }) ?? true { knots.append(knot) }
    guard knots.count >= 3 else {
      throw .notComputed("the predictions take too few values for a curve")
    }
    self.knots = knots
  }

  /// The values of the basis at x: 1, x, and the truncated cubes divided by the squared range of the knots.
  @inline(__always)
  func fill(_ basis: UnsafeMutableBufferPointer<Double>, at x: Double) {
    let last = knots.count - 1
    let (end, before) = (knots[last], knots[last - 1])
    let scale = 1 / ((end - knots[0]) * (end - knots[0]))
    func cube(_ x: Double) -> Double { x > 0 ? x * x * x : 0 }
    basis[0] = 1
    basis[1] = x
    for j in 0..<last - 1 {
      let t = knots[j]
      basis[j + 2] =
        scale
        * (cube(x - t) - cube(x - before) * (end - t) / (end - before)
          + cube(x - end) * (before - t) / (end - before))
    }
  }

  func basis(at x: Double) -> [Double] {
    [Double](unsafeUninitializedCapacity: parameters) { buffer, count in
      fill(buffer, at: x)
      count = parameters
    }
  }

  /// The basis at many values: one array for each of its functions.
  func columns(at values: [Double]) -> [[Double]] {
    var columns = Array(repeating: [Double](repeating: 0, count: values.count), count: parameters)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: parameters) { basis in
      for (place, value) in values.enumerated() {
        fill(basis, at: value)
        for index in columns.indices { columns[index][place] = basis[index] }
      }
    }
    return columns
  }
}
