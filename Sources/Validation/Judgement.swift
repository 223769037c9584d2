/// One verdict of one criterion: on one row, or (subgroup nil) over all its rows.
public struct Judgement: Hashable, Sendable {
  public let criterion: String
  /// Nil in a judgement that sums up over several models.
  public let model: String?
  /// Nil in a plan with one finding.
  public let finding: String?
  /// Nil: the judgement that sums up.
  public let subgroup: Subgroup?
  public let subgroupMinus: Comparator?
  public let verdict: Verdict
  public let value: Double?
  /// The limit that decided, at the plan's confidence (for `interval` evidence the limit farther from zero).
  public let bound: Double?
  public let goal: Double
  /// One-sided, of the criterion's hypothesis, and adjusted where the plan's multiplicity asks for it.
  public let p: Double?
  public let pAdjusted: Double?
  /// The limit at the adjusted level, where one was used.
  public let adjustedBound: Double?
  /// In words, for the report and the terminal.
  public let sentence: String

  public init(
    criterion: String, model: String?, finding: String? = nil, subgroup: Subgroup?,
    subgroupMinus: Comparator? = nil,
    verdict: Verdict,
    value: Double? = nil, bound: Double? = nil, goal: Double, p: Double? = nil, pAdjusted: Double? = nil,
    adjustedBound: Double? = nil, sentence: String
  ) {
    self.criterion = criterion
    self.model = model
    self.finding = finding
    self.subgroup = subgroup
    self.subgroupMinus = subgroupMinus
    self.verdict = verdict
    self.value = value
    self.bound = bound
    self.goal = goal
    self.p = p
    self.pAdjusted = pAdjusted
    self.adjustedBound = adjustedBound
    self.sentence = sentence
  }
}

extension Verdict {
  /// Over those that sum up: not met comes before inconclusive comes before met.
  public init(over judgements: [Judgement]) {
    let sums = judgements.filter { $0.subgroup == nil }.map(\.verdict)
    if sums.isEmpty {
      self = .noCriteria
    } else if sums.contains(.notMet) {
      self = .notMet
    } else if sums.contains(.inconclusive) {
      self = .inconclusive
    } else {
      self = sums.contains(.notAssessable) ? .notAssessable : .met
    }
  }
}

extension Judgement {
  func said(in words: StudyVocabulary) -> Judgement {
    Judgement(
      criterion: criterion, model: model, finding: finding, subgroup: subgroup, subgroupMinus: subgroupMinus,
      verdict: verdict, value: value, bound: bound, goal: goal, p: p, pAdjusted: pAdjusted,
      adjustedBound: adjustedBound, sentence: words(sentence))
  }
}
