internal import RealModule
internal import Statistics

/// Cases drawn from a recipe: the same for the same recipe and seed, whatever else is drawn.
public struct SimulatedCohort: Sendable {
  public struct Case: Hashable, Sendable {
    /// From 0.
    public let patient: Int
    /// The image within the patient, from 0.
    public let image: Int
    /// `year * 12 + (month - 1)`, and the day of the month in 1…28.
    public let month: Int
    public let day: Int
    /// By attribute of the recipe; nil where it was not recorded.
    public let attributes: [String?]
    public let isPositive: Bool
    /// Predicted probability with six decimals; nil where the model failed.
    public let score: Double?
  }

  public let spec: SimulationSpec
  public let cases: [Case]

  public init(_ spec: SimulationSpec) {
    self.spec = spec
    cases = (0..<spec.patients).flatMap { SimulatedCohort.images(of: $0, spec) }
  }

  /// One patient's images, from a stream of the patient's own.
  private static func images(of patient: Int, _ spec: SimulationSpec) -> [Case] {
    var random = RandomStream(spec.seed, UInt64(patient))
    let month = min(Int(random.uniform() * Double(spec.months)), spec.months - 1)
    let day = 1 + Int(random.uniform() * 28)
    let values = spec.attributes.map { $0.values.draw(&random) }
    let recorded = zip(spec.attributes, values).map { attribute, value in
      random.bernoulli(attribute.missing) ? nil : value
    }
    let truth = spec.truth(values: values, month: month + 1)
    let isAffected = random.bernoulli(truth.prevalence)
    let affectedImage = Int(random.uniform() * Double(spec.imagesPerPatient))
    let shared = random.normal() * spec.intraclassCorrelation.squareRoot()
    let own = (1 - spec.intraclassCorrelation).squareRoot()
    return (0..<spec.imagesPerPatient).map { image in
      let isShown = random.bernoulli(spec.positiveImageShare) || image == affectedImage
      let isPositive = isAffected && isShown
      let latent = (isPositive ? truth.separation : 0) + shared + own * random.normal()
      let failed = random.bernoulli(truth.failureRate)
      return Case(
        patient: patient, image: image, month: spec.firstMonth + month, day: day, attributes: recorded,
        isPositive: isPositive, score: failed ? nil : spec.score(latent: latent, shift: truth.logitShift))
    }
  }
}

extension SimulationSpec {
  /// What is planted for the cases of a group.
  public struct Truth: Hashable, Sendable {
    /// Share of patients with the condition.
    public var prevalence: Double
    public var separation: Double
    public var logitShift: Double
    public var failureRate: Double
    /// Φ(separation / √2).
    public var auc: Double { Normal.cumulative(separation / 2.0.squareRoot()) }
  }

  public var base: Truth {
    Truth(prevalence: prevalence, separation: separation, logitShift: 0, failureRate: failureRate)
  }

  /// Of a patient with these attribute values (in the recipe's order) in the given month, from 1.
  public func truth(values: [String], month: Int) -> Truth {
    effects.reduce(into: base) { truth, effect in
      guard effect.when.allSatisfy({ holds($0, values, month) }) else { return }
      truth.apply(effect)
    }
  }

  /// Sensitivity and specificity among processed cases of a group, at a threshold on the score.
  public func rates(_ truth: Truth, threshold: Double) -> (sensitivity: Double, specificity: Double) {
    let latent =
      (Double.log(threshold / (1 - threshold)) - truth.logitShift - prior) / separation + separation / 2
    return (Normal.upperTail(latent - truth.separation), Normal.cumulative(latent))
  }

  private func holds(_ condition: SimulatedCondition, _ values: [String], _ month: Int) -> Bool {
    func value(_ name: String) -> String? {
      attributes.firstIndex { $0.name == name }.map { values[$0] }
    }
    func isInside(_ number: Int, _ atLeast: Int?, _ below: Int?) -> Bool {
      atLeast.map { number >= $0 } ?? true && below.map { number < $0 } ?? true
    }
    switch condition {
    case .level(let attribute, let level): return value(attribute) == level
    case .number(let attribute, let atLeast, let below):
      return value(attribute).flatMap { Int($0) }.map { isInside($0, atLeast, below) } ?? false
    case .month(let atLeast, let below): return isInside(month, atLeast, below)
    }
  }

  /// The model is calibrated for the base group: log odds of an image being positive, before it is seen.
  private var prior: Double {
    let shown = positiveImageShare + (1 - positiveImageShare) / Double(imagesPerPatient)
    let image = prevalence * shown
    return Double.log(image / (1 - image))
  }

  func score(latent: Double, shift: Double) -> Double {
    let logit = separation * latent - separation * separation / 2 + prior + shift
    return (1e6 / (1 + Double.exp(-logit))).rounded() / 1e6
  }
}

extension SimulationSpec.Truth {
  mutating func apply(_ effect: SimulatedEffect) {
    prevalence = effect.prevalence ?? prevalence
    separation = effect.separation ?? separation
    logitShift = effect.logitShift ?? logitShift
    failureRate = effect.failureRate ?? failureRate
  }
}

extension SimulatedAttribute.Values {
  fileprivate func draw(_ random: inout RandomStream) -> String {
    switch self {
    case .levels(let levels):
      let point = random.uniform()
      var sum = 0.0
      for level in levels {
        sum += level.share
        if point < sum { return level.name }
      }
      return levels.last?.name ?? ""
    case .normal(let mean, let standardDeviation, let range):
      let value = (mean + standardDeviation * random.normal()).rounded()
      return String(Int(min(max(value, Double(range.lowerBound)), Double(range.upperBound))))
    }
  }
}
