internal import Statistics

/// A population with which the cohort is compared, by the shares of attributes' levels in it.
public struct Population: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable { case intended, development }
  public var kind: Kind
  public var name: String
  /// Where its shares come from.
  public var source: String?
  /// In the order of the plan's attributes.
  public var attributes: [Shares]

  public struct Shares: Hashable, Sendable {
    public var attribute: String
    /// In the order of the plan.
    public var levels: [Share]
    public init(attribute: String, levels: [Share]) {
      self.attribute = attribute
      self.levels = levels
    }
  }

  public struct Share: Hashable, Sendable {
    public var level: String
    public var share: Double
    public init(level: String, share: Double) {
      self.level = level
      self.share = share
    }
  }

  public init(kind: Kind, name: String, source: String? = nil, attributes: [Shares]) {
    self.kind = kind
    self.name = name
    self.source = source
    self.attributes = attributes
  }
}

/// How far the analysed cases of known level resemble a population in one attribute. Exploratory: nothing is judged by it.
public struct PopulationComparison: Hashable, Sendable {
  public let population: String
  public let kind: Population.Kind
  public let finding: String?
  public let attribute: String
  /// With a known level, and without.
  public let cases: Int
  public let unknown: Int
  public let levels: [LevelShare]
  /// Σ |p − q| / 2: the share of cases that would have to be of another level. Nil where levels overlap.
  public let distance: Double?

  public struct LevelShare: Hashable, Sendable {
    public let level: String
    public let cases: Int
    public let share: Double
    /// Nil for a level of which the population says nothing.
    public let target: Double?
    public let standardisedDifference: Double?
    /// Share over target, with its interval.
    public let ratio: Estimate?
  }
}

extension PopulationComparison {
  static func of(_ cohort: Cohort, finding: String?, following plan: AnalysisPlan) -> [PopulationComparison] {
    plan.populations.flatMap { population in
      population.attributes.compactMap { shares in
        cohort.attribute(shares.attribute).flatMap {
          PopulationComparison($0, in: cohort, population, shares, finding: finding, plan)
        }
      }
    }
  }

  /// Nil where no case is known.
  private init?(
    _ attribute: Attribute, in cohort: Cohort, _ population: Population, _ shares: Population.Shares,
    finding: String?, _ plan: AnalysisPlan
  ) {
    let known = attribute.codes.indices.filter { attribute.codes[$0] != Attribute.unknown }
    guard !known.isEmpty else { return nil }
    let names = shares.levels.map(\.level)
    let further = attribute.levels.filter { !names.contains($0) }
    let sums =
      cohort.patients.map { codes in PatientSums(by: known.map { codes[$0] }[...]) }
      ?? (cohort.weights == nil ? nil : PatientSums(by: (0..<UInt32(known.count)).map { $0 }[...]))
    let weights = cohort.weights.map { weights in known.map { weights[$0] } }
    var all = CaseWeight(count: 0)
    for place in known.indices { all.add(weights?[place] ?? 1) }
    let levels = (names + further).compactMap { name -> LevelShare? in
      let level = attribute.levels.firstIndex(of: name)
      let has = known.map { index -> Bool in
        guard let level else { return false }
        let code = Int(attribute.codes[index])
        return attribute.combinations.map { $0[code].contains(level) } ?? (code == level)
      }
      var own = CaseWeight(count: 0)
      for place in has.indices where has[place] { own.add(weights?[place] ?? 1) }
      let target = shares.levels.first { $0.level == name }?.share
      guard target != nil || own.count > 0 else { return nil }
      let p = min(1, own.sum / all.sum)
      let representation = target.map { Representation(share: p, target: $0) }
      let tail = (1 - plan.confidence) / 2
      var interval: Interval?
      if let sums {
        let residuals = sums.sums(weightedBy: weights?[...] ?? []) { (has[$0] ? 1 : 0) - p }
        if sums.patients.count > 1 {
          let clustered = ClusteredProportion(
            successes: own, trials: all, residualSquares: residuals.reduce(0) { $0 + $1 * $1 },
            patients: sums.patients.count)
          interval = clustered.effective.wilson(tail: tail, reference: clustered.reference)
        }
      } else {
        interval = Proportion(successes: own.count, trials: all.count).wilson(tail: tail)
      }
      return LevelShare(
        level: name, cases: own.count, share: p, target: target,
        standardisedDifference: representation?.standardisedDifference,
        ratio: representation?.ratio.map { ratio in
          Estimate(
            value: ratio, interval: interval?.mapped { $0 / (target ?? 1) },
            method: interval == nil ? "none" : sums == nil ? "wilson" : "wilson, effective sample size",
            caveat: interval == nil ? Undefined.tooFewPatients(found: 1).description : nil)
        })
    }
    self.population = population.name
    kind = population.kind
    self.finding = finding
    self.attribute = attribute.name
    cases = known.count
    unknown = cohort.count - known.count
    self.levels = levels
    distance =
      attribute.combinations != nil
      ? nil : levels.reduce(0) { $0 + abs($1.share - ($1.target ?? 0)) } / 2
  }
}
