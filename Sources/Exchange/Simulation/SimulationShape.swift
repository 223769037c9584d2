/// Every key of a simulation's recipe.
extension Section {
  static let simulation = Section(
    "the simulation",
    [
      Key("simulation", .section(size), "How much is made, and of what seed.", required: true),
      Key("months", .section(months), "The calendar: every patient falls into one of these months."),
      Key(
        "attributes", .map(of: .section(attribute)),
        "What is known of a patient, by name; drawn once per patient, in this order.", required: true),
      Key("condition", .section(condition), "How common the condition is.", required: true),
      Key("model", .section(model), "How well the model tells the two apart.", required: true),
      Key(
        "effects", .list(of: .section(effect)),
        "What is planted: each replaces values for the cases that it matches; a later one wins."),
    ])

  private static let size = Section(
    "simulation",
    [
      Key("id", .text, "Letters, digits, dots, dashes and underscores.", required: true),
      Key("seed", .integer(0 ... .max), "The same seed gives the same bytes.", required: true),
      Key("patients", .integer(1...10_000_000), "How many patients.", required: true),
      Key("images_per_patient", .integer(1...100), "Default 1."),
      Key(
        "intraclass_correlation", .number(NumberRange(least: 0, most: 0.999)),
        "Correlation of the latent score between two images of one patient with the same truth. Default 0."),
      Key(
        "positive_image_share", .number(.share),
        "A positive patient shows the condition in each image with this probability, at least in one. Default 1: in all."
      ),
    ])

  private static let months = Section(
    "months",
    [
      Key("from", .text, "The first month, yyyy-MM. Default 2025-01."),
      Key("count", .integer(1...1200), "How many months. Default 12."),
    ])

  private static let attribute = Section(
    "an attribute",
    [
      Key("levels", .map(of: .number(.share)), "Levels with their shares, which sum to 1."),
      Key("normal", .section(normal), "A whole number from a normal distribution, instead of levels."),
      Key(
        "range", .list(of: .integer(-1_000_000...1_000_000)),
        "With normal: [least, most]; values are clamped."),
      Key("missing", .number(.share), "Share of patients whose value is missing. Default 0."),
    ])

  private static let normal = Section(
    "normal",
    [
      Key("mean", .number(.any), "The mean.", required: true),
      Key("sd", .number(.positive), "The standard deviation.", required: true),
    ])

  private static let condition = Section(
    "condition", [Key("prevalence", .number(.share), "Share of patients with it.", required: true)])

  private static let model = Section(
    "model",
    [
      Key(
        "separation", .number(.any),
        "Distance of the latent means in standard deviations: AUC = Φ(separation / √2).", required: true),
      Key("failure_rate", .number(.share), "Share of images without an output. Default 0."),
    ])

  private static let effect = Section(
    "an effect",
    [
      Key(
        "when", .map(of: .either([.text, .section(interval)])),
        "Attributes with a level, or with {at_least, below}; month counts from 1. All must hold.",
        required: true),
      Key("prevalence", .number(.share), "In place of the base value."),
      Key("separation", .number(.any), "In place of the base value."),
      Key("logit_shift", .number(.any), "Added to the logit of every score: miscalibration."),
      Key("failure_rate", .number(.share), "In place of the base value."),
    ])

  private static let interval = Section(
    "an interval",
    [
      Key("at_least", .integer(-1_000_000...1_000_000), "This number or more."),
      Key("below", .integer(-1_000_000...1_000_000), "Less than this number."),
    ])
}
