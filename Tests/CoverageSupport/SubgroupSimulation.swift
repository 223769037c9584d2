import Dispatch
public import Statistics
import Synchronization
internal import Validation

/// How often each of several things happened in simulated studies: replicate r of seed s is the same on any number of threads.
public func frequencies(
  replicates: Int, seed: UInt64, threads: Int = 2,
  _ happened: @escaping @Sendable (inout RandomStream) throws -> [Double]
) throws -> [Double] {
  let next = Atomic(0)
  let sums = Mutex<[[Double]]>([[Double]](repeating: [], count: replicates))
  let failure = Mutex<(any Error)?>(nil)
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
    while true {
      let replicate = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard replicate < replicates else { break }
      var random = RandomStream(seed, UInt64(replicate))
      do {
        let values = try happened(&random)
        sums.withLock { $0[replicate] = values }
      } catch {
        failure.withLock { $0 = error }
        break
      }
    }
  }
  if let failure = failure.withLock({ $0 }) { throw failure }
  // In the order of the replicates, so that the sum is the same on any number of threads.
  let all = sums.withLock { $0 }
  return (all.first ?? []).indices.map { place in
    all.reduce(0) { $0 + $1[place] } / Double(replicates)
  }
}

/// Groups that are alike, or of which the first is worse by a stated amount, through the whole engine.
public struct GroupScenario: Hashable, Sendable {
  public let groups: Int
  /// Patients of each class in each group.
  public let perClass: Int
  public let sensitivity: Double
  /// Images of a patient, and the correlation of their latent scores.
  public let images: Int
  public let correlation: Double
  /// By how much the latent scores of positives of the first group are lower.
  public let deficit: Double

  public init(
    groups: Int, perClass: Int, sensitivity: Double, images: Int = 1, correlation: Double = 0,
    deficit: Double = 0
  ) {
    self.groups = groups
    self.perClass = perClass
    self.sensitivity = sensitivity
    self.images = images
    self.correlation = correlation
    self.deficit = deficit
  }

  /// What is counted, in the order of `frequencies`.
  public static let names = [
    "sensitivity, Q", "sensitivity, G²", "sensitivity, read", "AUC, Q", "largest gap of all pairs",
  ]

  public func rejections(replicates: Int, seed: UInt64) throws -> [Double] {
    let separation = 2.0
    let threshold = separation - Normal.quantile(sensitivity)
    let plan = plan(threshold: threshold)
    return try frequencies(replicates: replicates, seed: seed) { random in
      let study = try Study(of: cohort(&random, separation, threshold), following: plan)
      let sensitivity = study.heterogeneity.first { $0.metric == "sensitivity" }?.tests
      let auc = study.heterogeneity.first { $0.metric == "auc" }?.tests
      func isSmall(_ p: Double?) -> Double { p.map { $0 <= 0.05 } == true ? 1 : 0 }
      let gap = sensitivity?.largestGap?.estimate.interval
      return [
        isSmall(sensitivity?.cochran.p), isSmall((try? sensitivity?.likelihoodRatio.get())?.p),
        isSmall(sensitivity?.p), isSmall(auc?.cochran.p), gap.map { $0.lower > 0 } == true ? 1 : 0,
      ]
    }
  }

  private func plan(threshold: Double) -> AnalysisPlan {
    AnalysisPlan(
      id: "groups",
      cohort: CohortDefinition(
        cases: ["cases.csv"], patientColumn: images > 1 ? "patient" : nil,
        reference: ReferenceColumn(column: "label", positive: ["1"]),
        models: [
          ModelDefinition(
            name: "Model", score: "score",
            operatingPoints: [OperatingPoint(name: "primary", threshold: threshold)])
        ], attributes: [AttributeDefinition(name: "group", column: "group")]),
      subgroups: [["group"]], metrics: ["sensitivity", "auc"])
  }

  private func cohort(_ random: inout RandomStream, _ separation: Double, _ threshold: Double) -> Cohort {
    BinormalGroups(groups: groups, perClass: perClass, images: images, correlation: correlation)
      .cohort(&random, threshold: threshold) { isPositive, group in
        isPositive ? separation - (group == 0 ? deficit : 0) : 0
      }
  }
}

/// Sites drawn from a normal distribution of logit sensitivities, positives drawn at each.
public struct SiteScenario: Hashable, Sendable {
  public let sites: Int
  public let tau: Double
  public let positives: Int

  public init(sites: Int, tau: Double, positives: Int = 100) {
    self.sites = sites
    self.tau = tau
    self.positives = positives
  }

  private static let mean = 1.7  // logit of 0.85

  /// Share of mean intervals that hold the mean; of new sites in the prediction interval; of studies in which fewer than 80 %
  /// of new sites lie in it.
  public func coverage(replicates: Int, seed: UInt64) throws -> (
    mean: Double, prediction: Double, bad: Double
  ) {
    let shares = try frequencies(replicates: replicates, seed: seed) { random in
      let logits = (0..<sites).map { _ in
        let share = LogitEstimate.share(Self.mean + tau * random.normal())
        let successes = (0..<positives).reduce(0) { sum, _ in sum + (random.bernoulli(share) ? 1 : 0) }
        return LogitEstimate(Proportion(successes: successes, trials: positives))
      }
      let effects = try RandomEffects(logits.map(\.value), variances: logits.map(\.variance))
      let prediction = effects.prediction(tail: 0.025)
      let held =
        tau == 0
        ? (prediction.contains(Self.mean) ? 1 : 0)
        : Normal.cumulative((prediction.upper - Self.mean) / tau)
          - Normal.cumulative((prediction.lower - Self.mean) / tau)
      return [effects.interval(tail: 0.025).contains(Self.mean) ? 1 : 0, held, held < 0.8 ? 1 : 0]
    }
    return (shares[0], shares[1], shares[2])
  }
}

/// Hospitals whose patients have the condition more or less often, and a score that knows the hospital, or does not.
public struct ShortcutScenario: Hashable, Sendable {
  public let prevalences: [Double]
  public let perSite: Int
  /// What the score knows of the case itself: the distance of the classes.
  public let separation: Double
  /// What it knows of the hospital's prevalence, on the logit scale.
  public let shortcut: Double

  public init(
    prevalences: [Double] = [0.05, 0.1, 0.15, 0.25, 0.4], perSite: Int = 400, separation: Double,
    shortcut: Double
  ) {
    self.prevalences = prevalences
    self.perSite = perSite
    self.separation = separation
    self.shortcut = shortcut
  }

  /// Shares of studies by what is said of the score: that it knows only the site; that the pooled AUC is higher.
  public func named(replicates: Int, seed: UInt64) throws -> (onlyTheSite: Double, higher: Double) {
    let plan = AnalysisPlan(
      id: "shortcut",
      cohort: CohortDefinition(
        cases: ["cases.csv"], reference: ReferenceColumn(column: "label", positive: ["1"]),
        models: [ModelDefinition(name: "Model", score: "score")],
        attributes: [AttributeDefinition(name: "site", column: "site")]), subgroups: [["site"]],
      metrics: ["auc"])
    let shares = try frequencies(replicates: replicates, seed: seed) { random in
      let study = try Study(of: cohort(&random), following: plan)
      let reading = try study.generalisability.first?.within?.get().reading
      return [reading == .knowsOnlyTheSite ? 1 : 0, reading == .pooledIsHigher ? 1 : 0]
    }
    return (shares[0], shares[1])
  }

  private func cohort(_ random: inout RandomStream) -> Cohort {
    var scores: [Double] = []
    var truth: [UInt8] = []
    var codes: [UInt16] = []
    for (site, prevalence) in prevalences.enumerated() {
      for _ in 0..<perSite {
        let positive = random.bernoulli(prevalence)
        scores.append((positive ? separation : 0) + shortcut * Normal.quantile(prevalence) + random.normal())
        truth.append(positive ? 1 : 0)
        codes.append(UInt16(site))
      }
    }
    return Cohort(
      isPositive: truth, models: [ModelOutputs(name: "Model", count: scores.count, scores: scores)],
      attributes: [
        Attribute(name: "site", levels: prevalences.indices.map { "Hospital \($0 + 1)" }, codes: codes)
      ], flow: Flow(read: scores.count, analysed: scores.count))
  }
}
