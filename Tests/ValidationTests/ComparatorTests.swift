import Statistics
import Testing
import Validation

/// Without a reference standard there is only agreement.
@Suite struct ComparatorTests {
  private func study(_ metric: String) throws -> Study {
    let draw = Draw(positives: 40, negatives: 60, seed: 3)
    return try Study(
      of: cohort(scores: draw.scores, isPositive: draw.isPositive),
      following: plan(criteria: [
        Criterion(id: "sensitivity-1", metric: metric, scope: .overall, evidence: .lowerBound(atLeast: 0.3))
      ]) { $0.cohort.findings[0].reference.isComparator = true })
  }

  @Test func sentencesSpeakOfAgreement() throws {
    let sentence = try #require(try study("sensitivity").judgements.first?.sentence)
    #expect(sentence.hasPrefix("Positive percent agreement: "))
    #expect(try study("sensitivity").verdict == .met)
  }

  @Test func nothingIsSaidOfTheCondition() throws {
    let study = try study("ppv")
    #expect(study.verdict == .notAssessable)
    for id in ["ppv", "npv", "lr_positive", "lr_negative", "diagnostic_odds_ratio"] {
      #expect(study.row(id)?.result == .undefined(.needsTruth))
    }
    #expect(study.row("sensitivity")?.estimate != nil)
  }

  @Test func namesStayAsTheyAre() {
    var plan = plan(attributes: ["Sensitivity class"])
    #expect(
      StudyVocabulary(of: plan)("Sensitivity against the reference standard")
        == "Sensitivity against the reference standard")
    plan.cohort.findings[0].reference.isComparator = true
    let words = StudyVocabulary(of: plan, levels: ["high specificity"])
    #expect(
      words("Specificity by Sensitivity class: high specificity, against the reference standard")
        == "Negative percent agreement by Sensitivity class: high specificity, against the comparator")
    #expect(words(words("balanced accuracy")) == "mean of the percent agreements")
  }
}
