internal import RealModule

/// A one-sided CUSUM of standardised values: S ← max(0, S + x − k), ringing above h (Page 1954, doi:10.1093/biomet/41.1-2.100).
///
/// Run lengths solve the integral equation that Brook and Evans' chain (1972, doi:10.1093/biomet/59.3.539) approximates, by
/// Gauss-Legendre nodes; they agree with R spc 0.6.7 `xcusum.arl` to 1e-9.
public struct NormalCusum: Hashable, Sendable {
  /// Half the shift to be found, in standard deviations; above 0.
  public let reference: Double
  /// In standard deviations, above 0.
  public let limit: Double

  public init(reference: Double, limit: Double) {
    precondition(reference > 0 && limit > 0)
    self.reference = reference
    self.limit = limit
  }

  /// The limit for a wanted mean run without a shift. Agrees with spc `xcusum.crit` to 1e-6.
  ///
  /// - Throws: `notComputed` for a run that single values end without any limit, or beyond a limit of 40.
  public init(reference: Double, runLength: Double) throws(Undefined) {
    guard runLength > 1 / Normal.upperTail(reference) else {
      throw .notComputed("a single value rings so often without any limit")
    }
    let limit = try RunLength.limit(wanted: runLength, from: 1, farthest: 40) { limit in
      NormalCusum(reference: reference, limit: limit).length(mean: 0) ?? .infinity
    }
    self.init(reference: reference, limit: limit)
  }

  /// Mean values until it rings, from S = 0, when values have this mean and standard deviation 1.
  ///
  /// - Throws: `notComputed` beyond 10¹⁰, where rounding leaves too few digits.
  public func runLength(mean: Double) throws(Undefined) -> Double { try RunLength.known(length(mean: mean)) }

  private func length(mean: Double) -> Double? {
    let rule = GaussLegendre(count: 40 + Int(6 * limit), lower: 0, upper: limit)
    let starts = [0] + rule.nodes
    let moves = starts.map { start in
      [Normal.cumulative(reference - start - mean)]
        + rule.nodes.indices.map {
          rule.weights[$0] * Normal.density(rule.nodes[$0] - start + reference - mean)
        }
    }
    return RunLength.means(moves)?.first
  }

  /// S after each value.
  public func path(_ values: [Double]) -> [Double] {
    var sum = 0.0
    return values.map {
      sum = max(0, sum + $0 - reference)
      return sum
    }
  }

  public func rings(at sum: Double) -> Bool { sum > limit }
}

/// An exponentially weighted moving average of standardised values, Z ← (1 − λ) Z + λ x, ringing beyond ± c √(λ / (2 − λ))
/// (Roberts 1959, doi:10.1080/00401706.1959.10489860; run lengths by Crowder 1987, doi:10.1080/00401706.1987.10488267).
///
/// Agrees with R spc 0.6.7 `xewma.arl(sided = "two", limits = "fix")` to 1e-9.
public struct NormalEWMA: Hashable, Sendable {
  /// λ in (0, 1]: the weight of the last value.
  public let weight: Double
  /// c, in standard deviations of the average.
  public let width: Double

  public init(weight: Double, width: Double) {
    precondition(weight > 0 && weight <= 1 && width > 0)
    self.weight = weight
    self.width = width
  }

  /// The width for a wanted mean run without a shift. Agrees with spc `xewma.crit` to 1e-6.
  ///
  /// - Throws: `notComputed` for a run of 1 or less, or beyond a width of 10.
  public init(weight: Double, runLength: Double) throws(Undefined) {
    guard runLength > 1 else { throw .notComputed("a run is longer than one value") }
    let width = try RunLength.limit(wanted: runLength, from: 0.5, farthest: 10) { width in
      NormalEWMA(weight: weight, width: width).length(mean: 0) ?? .infinity
    }
    self.init(weight: weight, width: width)
  }

  /// Distance from 0 beyond which it rings, in standard deviations of a value.
  public var limit: Double { width * (weight / (2 - weight)).squareRoot() }

  /// Mean values until it rings, from Z = 0, when values have this mean and standard deviation 1.
  ///
  /// - Throws: `notComputed` beyond 10¹⁰, where rounding leaves too few digits.
  public func runLength(mean: Double) throws(Undefined) -> Double { try RunLength.known(length(mean: mean)) }

  private func length(mean: Double) -> Double? {
    let rule = GaussLegendre(count: 41 + 2 * Int(limit / weight * 4), lower: -limit, upper: limit)
    let moves = rule.nodes.map { start in
      rule.nodes.indices.map {
        rule.weights[$0] / weight
          * Normal.density((rule.nodes[$0] - (1 - weight) * start) / weight - mean)
      }
    }
    // An odd number of nodes: the one in the middle is 0.
    return RunLength.means(moves)?[moves.count / 2]
  }

  /// Z after each value.
  public func path(_ values: [Double]) -> [Double] {
    var average = 0.0
    return values.map {
      average = (1 - weight) * average + weight * $0
      return average
    }
  }

  public func rings(at average: Double) -> Bool { abs(average) > limit }
}

extension Normal {
  static func density(_ z: Double) -> Double { .exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
}
