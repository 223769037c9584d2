/// Why a quantity has no value. It takes the place of NaN, of 0 and of a missing row.
public enum Undefined: Error, Hashable, Sendable {
  case noCases
  case noPositives
  case noNegatives
  case noFlagged
  case noUnflagged
  /// A ratio whose denominator is zero, named: "no false positives".
  case zeroDenominator(String)
  case needsScore
  case needsProbability
  case needsDecision
  /// The cases are held against a comparator that is no reference standard.
  case needsTruth
  case constantScore
  case separated
  case tooFewCases(found: Int, needed: Int, of: String)
  case extremeProbabilities(share: Double)
  case didNotConverge(iterations: Int)
  /// The few heavy cases leave of the light ones less than rounding does.
  case weightsTooFarApart
  /// A clustered variance needs at least two patients.
  case tooFewPatients(found: Int)
  case tooFewGroups(found: Int)
  case groupsOverlap
  /// Deliberately not computed here, and why.
  case notComputed(String)
  /// Of a sample size: what is assumed does not lie on the right side of the goal.
  case goalNotBelowAssumed
  /// Of a sample size: beyond a hundred million.
  case tooManyCases
  /// Of a difference: the group that is subtracted has no value.
  indirect case inComparator(Undefined)
}

extension Undefined: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noCases: "no cases"
    case .noPositives: "no positives"
    case .noNegatives: "no negatives"
    case .noFlagged: "no flagged cases"
    case .noUnflagged: "no unflagged cases"
    case .zeroDenominator(let what): what
    case .needsScore: "the model gives a decision, not a score"
    case .needsProbability: "the score is not declared a probability"
    case .needsDecision: "the model has no operating point"
    case .needsTruth: "without truth there is only agreement"
    case .constantScore: "the score is constant"
    case .separated: "the score separates the classes completely"
    case .tooFewCases(let found, let needed, let what):
      "\(found) \(found == 1 ? "case" : "cases")\(what.isEmpty ? "" : " " + what), at least \(needed) needed"
    case .extremeProbabilities(let share):
      "more than 1 % of probabilities are exactly 0 or 1 (\((share * 1000).rounded() / 10) %)"
    case .didNotConverge(let iterations): "did not converge in \(iterations) iterations"
    case .notComputed(let why): why
    case .weightsTooFarApart: "the sampling weights lie too far apart"
    case .goalNotBelowAssumed: "no sample is large enough: the assumed value does not lie beyond the goal"
    case .tooManyCases: "more than a hundred million cases"
    case .inComparator(let reason): "\(reason.description) in the comparison group"
    case .tooFewGroups(let found):
      "\(found == 1 ? "1 assessable group" : "\(found) assessable groups") with a value, at least 2 needed"
    case .groupsOverlap: "the groups share cases"
    case .tooFewPatients(let found): "\(found == 1 ? "1 patient" : "\(found) patients"), at least 2 needed"
    }
  }
}
