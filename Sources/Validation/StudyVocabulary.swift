/// The words in which a study speaks: of accuracy against a reference standard, or, where the plan has only a comparator, of
/// agreement with it (FDA 2007, Statistical Guidance on Reporting Results from Studies Evaluating Diagnostic Tests).
///
/// Text is written once, for a reference standard, and put into the other words as it leaves; ids keep theirs.
public struct StudyVocabulary: Sendable {
  private let speaksOfAgreement: Bool
  /// Names that the user gave, which stay as they are.
  private let names: [String]

  /// - Parameter levels: Of attributes, as far as the data name them.
  public init(of plan: AnalysisPlan, levels: [String] = []) {
    speaksOfAgreement = plan.cohort.hasComparator
    guard speaksOfAgreement else {
      names = []
      return
    }
    let device = [
      plan.device?.name, plan.device?.version, plan.device?.manufacturer, plan.device?.intendedUse,
    ]
    let cohort = plan.cohort
    let texts =
      [plan.title, plan.id] + device.compactMap { $0 } + cohort.modelNames + cohort.resultColumns
      + cohort.attributes.flatMap { [$0.name] + ($0.namedLevels ?? []) } + levels
      + cohort.findings.compactMap(\.id) + plan.criteria.map(\.id) + plan.populations.map(\.name)
    names = Set(texts).filter { text in Self.replaced(text) != text }.sorted {
      ($1.count, $0) < ($0.count, $1)
    }
  }

  public func callAsFunction(_ text: String) -> String {
    guard speaksOfAgreement else { return text }
    guard !names.isEmpty else { return Self.replaced(text) }
    var text = text
    for (index, name) in names.enumerated() { text = text.replacing(name, with: Self.sign(index)) }
    text = Self.replaced(text)
    for (index, name) in names.enumerated() { text = text.replacing(Self.sign(index), with: name) }
    return text
  }

  /// From Unicode's private use, which no text has.
  private static func sign(_ index: Int) -> String {
    Unicode.Scalar(UInt32(0xF0000 + index)).map { String(Character($0)) } ?? ""
  }

  private static func replaced(_ text: String) -> String {
    words.reduce(text) { text, pair in
      text.replacing(pair.accuracy, with: pair.agreement)
        .replacing(capitalised(pair.accuracy), with: capitalised(pair.agreement))
    }
  }

  private static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// Longer ones before those that they contain.
  private static let words: [(accuracy: String, agreement: String)] = [
    ("balanced accuracy", "mean of the percent agreements"),
    ("accuracy", "overall percent agreement"),
    ("false-positive rate", "negative percent disagreement"),
    ("false-negative rate", "positive percent disagreement"),
    ("sensitivities", "positive percent agreements"),
    ("specificities", "negative percent agreements"),
    ("sensitivity", "positive percent agreement"),
    ("specificity", "negative percent agreement"),
    ("reference standard", "comparator"),
    ("reference-positive", "comparator-positive"),
    ("reference-negative", "comparator-negative"),
    ("reference positive", "comparator positive"),
    ("reference negative", "comparator negative"),
  ]
}

extension Metric {
  /// Those that say how likely the condition is, or weigh evidence for it: without truth there is none.
  static let ofTruth: Set<String> = [
    "ppv", "npv", "number_needed_to_predict", "lr_positive", "lr_negative", "diagnostic_odds_ratio",
  ]

  /// What it is called against a comparator; nil where its name stays.
  public var agreementName: String? {
    switch id {
    case "sensitivity": "positive percent agreement (PPA)"
    case "specificity": "negative percent agreement (NPA)"
    case "accuracy": "overall percent agreement (OPA)"
    default: Self.ofTruth.contains(id) ? "not computed" : nil
    }
  }
}
