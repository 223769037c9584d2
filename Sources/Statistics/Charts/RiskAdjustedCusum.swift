internal import RealModule

/// A CUSUM of failures that expects of each case what its risk says: it watches whether the odds of failure have changed from
/// `keeping` to `finding` times those expected (Steiner, Cook, Farewell, Treasure 2000, doi:10.1093/biostatistics/1.4.441).
///
/// Scores agree with the formula of the paper; run lengths with the same chain solved by NumPy to 1e-9 and with simulated
/// runs within 5 %.
public struct RiskAdjustedCusum: Hashable, Sendable {
  /// Odds ratios, above 0 and not alike: above `keeping` it finds deterioration, below it improvement.
  public let keeping, finding: Double
  /// In units of log likelihood, above 0.
  public let limit: Double

  public init(keeping: Double = 1, finding: Double, limit: Double) {
    precondition(keeping > 0 && finding > 0 && keeping != finding && limit > 0)
    self.keeping = keeping
    self.finding = finding
    self.limit = limit
  }

  /// The limit for a wanted mean run at `keeping` among cases of these risks.
  ///
  /// - Throws: `noCases`; `notComputed` beyond a limit of 40.
  public init(
    keeping: Double = 1, finding: Double, runLength: Double, risks: [Double], states: Int = 200
  ) throws(Undefined) {
    guard !risks.isEmpty else { throw .noCases }
    let limit = try RunLength.limit(wanted: runLength, from: 1, farthest: 40) { limit in
      RiskAdjustedCusum(keeping: keeping, finding: finding, limit: limit)
        .length(oddsRatio: keeping, risks: risks, states: states) ?? .infinity
    }
    self.init(keeping: keeping, finding: finding, limit: limit)
  }

  /// The log likelihood ratio of a case.
  ///
  /// - Parameter risk: Expected chance of failure, in (0, 1).
  public func score(risk: Double, failed: Bool) -> Double {
    let ratio = (1 - risk + keeping * risk) / (1 - risk + finding * risk)
    return .log(ratio) + (failed ? .log(finding / keeping) : 0)
  }

  /// The sum after each case.
  public func path(_ cases: [(risk: Double, failed: Bool)]) -> [Double] {
    var sum = 0.0
    return cases.map {
      sum = max(0, sum + score(risk: $0.risk, failed: $0.failed))
      return sum
    }
  }

  public func rings(at sum: Double) -> Bool { sum > limit }

  /// Mean cases until it rings, from 0, when each case's odds of failure are `oddsRatio` times those its risk says: of cases
  /// drawn from these risks, by a chain of `states` sums between which run lengths are taken as straight.
  ///
  /// - Parameter risks: At least one, each in (0, 1).
  /// - Throws: `noCases`; `notComputed` where it rings too rarely to compute.
  public func runLength(oddsRatio: Double, risks: [Double], states: Int = 200) throws(Undefined) -> Double {
    guard !risks.isEmpty else { throw .noCases }
    return try RunLength.known(length(oddsRatio: oddsRatio, risks: risks, states: states))
  }

  private func length(oddsRatio: Double, risks: [Double], states: Int) -> Double? {
    precondition(oddsRatio > 0 && states > 1 && risks.allSatisfy { 0 < $0 && $0 < 1 })
    var outcomes: [(score: Double, chance: Double)] = []
    var share: [Double: Double] = [:]
    for risk in risks { share[risk, default: 0] += 1 / Double(risks.count) }
    for risk in share.keys.sorted() {
      let weight = share[risk] ?? 0
      let chance = oddsRatio * risk / (1 - risk + oddsRatio * risk)
      outcomes.append((score(risk: risk, failed: true), weight * chance))
      outcomes.append((score(risk: risk, failed: false), weight * (1 - chance)))
    }
    let width = limit / Double(states - 1)
    var moves = [[Double]](repeating: [Double](repeating: 0, count: states), count: states)
    for start in 0..<states {
      for outcome in outcomes {
        let place = max(0, Double(start) + outcome.score / width)
        guard place <= Double(states - 1) else { continue }
        let below = min(states - 2, Int(place))
        let over = place - Double(below)
        moves[start][below] += outcome.chance * (1 - over)
        moves[start][below + 1] += outcome.chance * over
      }
    }
    return RunLength.means(moves)?[0]
  }
}
