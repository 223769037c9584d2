/// The highest point of a smooth function of a few parameters, by Newton's method on differences.
struct Summit {
  let place: [Double]
  let height: Double
  /// Minus the second derivatives there.
  let information: [[Double]]

  static let mostSteps = 100
  private static let step = 1e-3

  /// From a start; where the function is not concave, or a step too long, the step is shortened towards the slope. Nil where
  /// it climbs no end.
  init?(from start: [Double], of function: ([Double]) -> Double) {
    var place = start
    var height = function(place)
    var damping = 1e-3
    for _ in 0..<Summit.mostSteps {
      let (slope, information) = Summit.derivatives(of: function, at: place, height)
      var gain = 0.0
      var length = 0.0
      while damping < 1e12 {
        var matrix = information
        for i in place.indices { matrix[i][i] += damping * max(1, abs(information[i][i])) }
        if let step = Cholesky(matrix)?.solve(slope) {
          let next = zip(place, step).map { $0 + $1 }
          let reached = function(next)
          if reached >= height {
            gain = reached - height
            length = zip(step, next).map { abs($0) / (1 + abs($1)) }.max() ?? 0
            (place, height) = (next, reached)
            damping = damping < 1e-12 ? 0 : damping / 100
            break
          }
        }
        damping = max(1e-9, damping * 10)
      }
      // Where the ground is level in one direction rounding alone moves it there.
      let isLevel = damping < 1e-2 && gain < 1e-11
      if damping >= 1e12 || isLevel || (length < 1e-8 && gain < 1e-9) {
        self.place = place
        self.height = height
        self.information = Summit.derivatives(of: function, at: place, height).information
        return
      }
    }
    return nil
  }

  /// Central differences: the error of a slope is of the fourth order, of a curvature of the second.
  private static func derivatives(
    of function: ([Double]) -> Double, at place: [Double], _ height: Double
  ) -> (slope: [Double], information: [[Double]]) {
    func moved(_ moves: [(Int, Double)]) -> Double {
      var there = place
      for (i, by) in moves { there[i] += by * step }
      return function(there)
    }
    let n = place.count
    let beside = (0..<n).map { i in (up: moved([(i, 1)]), down: moved([(i, -1)])) }
    let slope = (0..<n).map { i in
      (8 * (beside[i].up - beside[i].down) - (moved([(i, 2)]) - moved([(i, -2)]))) / (12 * step)
    }
    var information = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      information[i][i] = -(beside[i].up - 2 * height + beside[i].down) / (step * step)
      for j in 0..<i {
        let both = moved([(i, 1), (j, 1)]) + moved([(i, -1), (j, -1)])
        let ends = beside[i].up + beside[i].down + beside[j].up + beside[j].down
        information[i][j] = -(both + 2 * height - ends) / (2 * step * step)
        information[j][i] = information[i][j]
      }
    }
    return (slope, information)
  }
}
