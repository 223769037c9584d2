import Statistics
import TestSupport
import Testing

@Suite struct LabelFreeTests {
  @Test func agreesWithWeightedScikitLearn() throws {
    let goldens = try Golden.values("monitoring")["estimates"].array
    #expect(goldens.count == 2)
    for golden in goldens {
      let estimate = try LabelFreeEstimate(
        scores: golden["s"].numbers, probabilities: golden["p"].numbers,
        flagged: golden["flag"].numbers.map { $0 == 1 })
      #expect(agrees(try estimate.areaUnderCurve(), golden["auc"].number, within: 1e-12))
      #expect(agrees(try estimate.sensitivity(), golden["sensitivity"].number, within: 1e-12))
      #expect(agrees(try estimate.specificity(), golden["specificity"].number, within: 1e-12))
      #expect(agrees(try estimate.positivePredictiveValue(), golden["ppv"].number, within: 1e-12))
      #expect(agrees(try estimate.negativePredictiveValue(), golden["npv"].number, within: 1e-12))
      #expect(agrees(estimate.accuracy, golden["accuracy"].number, within: 1e-12))
    }
  }

  /// Of calibrated probabilities the estimate is what labels drawn from them give on average.
  @Test func isTheMeanOverLabels() throws {
    var stream = RandomStream(3, 3)
    let p = (0..<300).map { _ in stream.uniform() * stream.uniform() }
    let estimate = try LabelFreeEstimate(scores: p, probabilities: p, flagged: p.map { $0 >= 0.3 })
    var sums = (hits: 0.0, right: 0.0)
    let runs = 2000
    for _ in 0..<runs {
      for p in p {
        let isPositive = stream.bernoulli(p)
        sums.hits += isPositive && p >= 0.3 ? 1 : 0
        sums.right += isPositive == (p >= 0.3) ? 1 : 0
      }
    }
    #expect(abs(sums.hits / Double(runs) / estimate.truePositives - 1) < 0.01)
    #expect(abs(sums.right / Double(runs) / 300 / estimate.accuracy - 1) < 0.01)
  }

  @Test func edgesSayWhy() throws {
    #expect(throws: Undefined.noCases) { try LabelFreeEstimate(scores: [], probabilities: [], flagged: []) }
    let none = try LabelFreeEstimate(scores: [1, 2], probabilities: [0, 0], flagged: [false, false])
    #expect(throws: Undefined.noPositives) { try none.sensitivity() }
    #expect(throws: Undefined.noPositives) { try none.areaUnderCurve() }
    #expect(throws: Undefined.noFlagged) { try none.positivePredictiveValue() }
    #expect(try none.negativePredictiveValue() == 1)
    let certain = try LabelFreeEstimate(
      scores: [0.1, 0.2, 0.8], probabilities: [0, 0, 1], flagged: [false, true, true])
    #expect(try certain.areaUnderCurve() == 1 && certain.sensitivity() == 1)
    #expect(try certain.specificity() == 0.5 && certain.prevalence == 1.0 / 3)
  }
}
