/// Why a share of cases (errors, flags, right answers) changed: other cases, another prevalence within them, or another
/// performance on the same kind of case. The three add up to the change exactly.
///
/// Kitagawa's components (1955, doi:10.1080/01621459.1955.10501299), of three factors averaged over the six orders in which
/// they can change (Das Gupta 1993), so that no order is preferred; the question of Cai, Namkoong and Yadlowsky (2023,
/// arXiv:2303.02011). A description, not a cause. Proven by identities: the sum, and what is left when one factor alone
/// changes; without regard to truth it is Kitagawa's formula.
public struct ChangeDecomposition: Hashable, Sendable {
  public let before, after: Double
  /// Parts of after − before.
  public let caseMix, prevalence, performance: Double

  /// One stratum at one time.
  public struct Stratum: Hashable, Sendable {
    public let positives, negatives, countedPositives, countedNegatives: Double

    /// - Parameter countedPositives: Of them, those that the share counts: of accuracy the true positives.
    public init(positives: Int, countedPositives: Int, negatives: Int, countedNegatives: Int) {
      precondition(0 <= countedPositives && countedPositives <= positives)
      precondition(0 <= countedNegatives && countedNegatives <= negatives)
      self.positives = Double(positives)
      self.countedPositives = Double(countedPositives)
      self.negatives = Double(negatives)
      self.countedNegatives = Double(countedNegatives)
    }

    var cases: Double { positives + negatives }
  }

  /// - Parameters:
  ///   - before: Strata in the order of `after`.
  /// - Throws: `noCases` where a time has none; `notComputed` where a stratum has cases of a class at one time only, since
  ///   then nobody knows the performance on them at the other.
  public init(before: [Stratum], after: [Stratum]) throws(Undefined) {
    precondition(before.count == after.count)
    let factors = (try Factors(before), try Factors(after))
    for (a, b) in zip(before, after) {
      guard (a.positives > 0) == (b.positives > 0), (a.negatives > 0) == (b.negatives > 0) else {
        throw .notComputed("a stratum has cases of a class before or after only")
      }
    }
    /// The share with each factor as it was before (0) or after (1).
    func share(_ mix: Int, _ prevalence: Int, _ performance: Int) -> Double {
      let (m, p) = (mix == 0 ? factors.0 : factors.1, prevalence == 0 ? factors.0 : factors.1)
      let f = performance == 0 ? factors.0 : factors.1
      return m.mix.indices.reduce(0) { sum, s in
        sum + m.mix[s] * (p.prevalence[s] * f.ofPositives[s] + (1 - p.prevalence[s]) * f.ofNegatives[s])
      }
    }
    /// The effect of a factor: one third alone, one third last, a sixth each in between.
    func part(_ effect: (_ first: Int, _ second: Int) -> Double) -> Double {
      (2 * effect(0, 0) + effect(0, 1) + effect(1, 0) + 2 * effect(1, 1)) / 6
    }
    self.before = share(0, 0, 0)
    self.after = share(1, 1, 1)
    caseMix = part { share(1, $0, $1) - share(0, $0, $1) }
    prevalence = part { share($0, 1, $1) - share($0, 0, $1) }
    performance = part { share($0, $1, 1) - share($0, $1, 0) }
  }

  public var change: Double { after - before }

  private struct Factors {
    let mix, prevalence, ofPositives, ofNegatives: [Double]

    init(_ strata: [Stratum]) throws(Undefined) {
      let all = strata.reduce(0) { $0 + $1.cases }
      guard all > 0 else { throw .noCases }
      // A class without cases weighs nothing, whatever its performance.
      func ratio(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }
      mix = strata.map { $0.cases / all }
      prevalence = strata.map { ratio($0.positives, $0.cases) }
      ofPositives = strata.map { ratio($0.countedPositives, $0.positives) }
      ofNegatives = strata.map { ratio($0.countedNegatives, $0.negatives) }
    }
  }
}
