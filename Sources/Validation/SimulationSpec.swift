/// A cohort whose truth is known, as a recipe: binormal scores, prevalence and separation by group, patients with
/// several correlated images, missing demographics, failed outputs, drift over months.
public struct SimulationSpec: Hashable, Sendable {
  public var id: String
  public var seed: UInt64
  public var patients: Int
  public var imagesPerPatient: Int
  /// Correlation of the latent score between two images of one patient with the same truth, in [0, 1).
  public var intraclassCorrelation: Double
  /// The first month as `year * 12 + (month - 1)`, and how many there are.
  public var firstMonth: Int
  public var months: Int
  /// Drawn once per patient, in this order.
  public var attributes: [SimulatedAttribute]
  /// Share of patients with the condition: all images of a patient share it.
  public var prevalence: Double
  /// A positive patient has the condition in each image with this probability (at least in one); 1: in all.
  public var positiveImageShare: Double
  /// Distance between the latent means of positives and negatives, in standard deviations: AUC = Φ(separation / √2).
  public var separation: Double
  public var failureRate: Double
  /// Each replaces base values for the cases that it matches; a later effect wins over an earlier one.
  public var effects: [SimulatedEffect]

  public init(
    id: String, seed: UInt64, patients: Int, imagesPerPatient: Int = 1, intraclassCorrelation: Double = 0,
    firstMonth: Int = 2025 * 12, months: Int = 12, attributes: [SimulatedAttribute], prevalence: Double,
    positiveImageShare: Double = 1, separation: Double, failureRate: Double = 0,
    effects: [SimulatedEffect] = []
  ) {
    self.id = id
    self.seed = seed
    self.patients = patients
    self.imagesPerPatient = imagesPerPatient
    self.intraclassCorrelation = intraclassCorrelation
    self.firstMonth = firstMonth
    self.months = months
    self.attributes = attributes
    self.prevalence = prevalence
    self.positiveImageShare = positiveImageShare
    self.separation = separation
    self.failureRate = failureRate
    self.effects = effects
  }
}

public struct SimulatedAttribute: Hashable, Sendable {
  public var name: String
  public var values: Values
  /// Share of patients whose value is missing.
  public var missing: Double

  public enum Values: Hashable, Sendable {
    /// Levels with their shares, which sum to 1.
    case levels([SimulatedLevel])
    /// A whole number from a normal distribution, clamped to the range.
    case normal(mean: Double, standardDeviation: Double, range: ClosedRange<Int>)
  }

  public init(name: String, values: Values, missing: Double = 0) {
    self.name = name
    self.values = values
    self.missing = missing
  }
}

public struct SimulatedLevel: Hashable, Sendable {
  public var name: String
  public var share: Double
  public init(name: String, share: Double) {
    self.name = name
    self.share = share
  }
}

public struct SimulatedEffect: Hashable, Sendable {
  /// All must hold. Conditions look at the patient's true attributes, also where they are recorded as missing.
  public var when: [SimulatedCondition]
  public var prevalence: Double?
  public var separation: Double?
  /// Added to the logit of every score of the group: miscalibration that leaves the AUC inside the group as it is.
  public var logitShift: Double?
  public var failureRate: Double?

  public init(
    when: [SimulatedCondition], prevalence: Double? = nil, separation: Double? = nil,
    logitShift: Double? = nil,
    failureRate: Double? = nil
  ) {
    self.when = when
    self.prevalence = prevalence
    self.separation = separation
    self.logitShift = logitShift
    self.failureRate = failureRate
  }
}

public enum SimulatedCondition: Hashable, Sendable {
  case level(attribute: String, is: String)
  case number(attribute: String, atLeast: Int?, below: Int?)
  /// Months counted from 1.
  case month(atLeast: Int?, below: Int?)
}
