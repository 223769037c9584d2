import Statistics
import TestSupport
import Testing

/// Points and parts of ROC and precision-recall curves.
@Suite struct CurveTests {
  private static func sample(_ set: JSON) -> Sample {
    Sample(scores: set["score"].numbers, isPositive: set["label"].numbers.map { $0 == 1 })
  }

  @Test func readingsAgreeWithPROC() throws {
    let golden = try Golden.values("curves")
    #expect(golden["sets"].array.count == 6)
    for set in golden["sets"].array {
      let sample = Self.sample(set)
      for (index, at) in golden["at"].numbers.enumerated() {
        let sensitivity = try CurveReading(sample, at: .specificity(at)).value
        let specificity = try CurveReading(sample, at: .sensitivity(at)).value
        #expect(agrees(sensitivity, set["sensitivity"][index].number, within: 1e-12))
        #expect(agrees(specificity, set["specificity"][index].number, within: 1e-12))
      }
    }
  }

  /// pROC's interval is a bootstrap's percentiles: as wide as ours, near enough.
  @Test func readingsReachAsFarAsABootstrap() throws {
    let golden = try Golden.values("curves")
    let set = golden["sets"][3]
    for (index, at) in golden["at"].numbers.enumerated() {
      let reading = try CurveReading(Self.sample(set), at: .specificity(at))
      func wilson(_ side: (share: Double, cases: CaseWeight)) -> Interval {
        let trials = Double(side.cases.count)
        return Proportion(successes: side.share * trials, trials: trials).wilson(tail: 0.025)
      }
      let interval = reading.interval(read: wilson(reading.read), held: wilson(reading.held))
      let limits = set["bootstrap"]["sensitivity"][index].numbers
      #expect(abs(interval.upper - interval.lower - (limits[1] - limits[0])) < 0.06)
      #expect(interval.contains(reading.value))
    }
  }

  @Test func partialAreasAgreeWithPROC() throws {
    for set in try Golden.values("curves")["sets"].array {
      for (index, golden) in set["partial"].array.enumerated() {
        let range = golden["range"].numbers
        let area = try PartialArea(Self.sample(set), specificity: range[0]...range[1])
        #expect(agrees(area.meanSensitivity, golden["mean"].number, within: 1e-12))
        // pROC does not correct what lies below chance.
        if !golden["corrected"].number.isNaN {
          #expect(agrees(area.value, golden["corrected"].number, within: 1e-12))
        }
        let standardError = set["bootstrap"]["partial"][index].number
        if !standardError.isNaN {
          #expect(abs(try #require(area.variance).squareRoot() / standardError - 1) < 0.08)
        }
      }
    }
  }

  @Test func theWholeAreaIsDeLongs() throws {
    for set in try Golden.values("curves")["sets"].array {
      let sample = Self.sample(set)
      let (area, deLong) = (try PartialArea(sample, specificity: 0...1), try DeLong(sample))
      #expect(agrees(area.meanSensitivity, deLong.auc, within: 1e-12))
      #expect(agrees(try #require(area.variance), try #require(deLong.variance), within: 1e-12))
    }
  }

  /// What a case's weight changes, by differences: the influence is its derivative.
  @Test(arguments: [1000.0, 12]) func influenceIsTheDerivativeByWeight(_ levels: Double) throws {
    var random = RandomStream(11, UInt64(levels))
    let truth = (0..<60).map { $0 % 3 == 0 }
    let scores = truth.map { (((random.normal() + ($0 ? 1 : 0)) * levels / 4).rounded()) }
    func values(_ weights: [Double]) throws -> (PartialArea, AveragePrecision) {
      let sample = Sample(scores: scores, isPositive: truth, weights: weights)
      return (try PartialArea(sample, specificity: 0.65...0.93), try AveragePrecision(sample))
    }
    let even = [Double](repeating: 1, count: truth.count)
    let (area, precision) = try values(even)
    let step = 1e-5
    for (place, index) in RadixOrder.ascending(scores).enumerated() {
      var (more, less) = (even, even)
      more[Int(index)] += step
      less[Int(index)] -= step
      let (up, down) = (try values(more), try values(less))
      let slopes = (
        (up.0.meanSensitivity - down.0.meanSensitivity) / (2 * step),
        (up.1.value - down.1.value) / (2 * step)
      )
      #expect(abs(area.influence[place] - slopes.0) < 1e-7)
      #expect(abs(precision.influence[place] - slopes.1) < 1e-7)
    }
  }

  @Test func weightsCountAsRepeatedCases() throws {
    var random = RandomStream(12)
    let truth = (0..<40).map { $0 % 3 == 0 }
    let scores = truth.map { ((random.normal() + ($0 ? 1 : 0)) * 5).rounded() }
    let weights = truth.indices.map { Double($0 % 4 + 1) }
    let weighted = Sample(scores: scores, isPositive: truth, weights: weights)
    let places = truth.indices.flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    let repeated = Sample(scores: places.map { scores[$0] }, isPositive: places.map { truth[$0] })
    for fixed in [CurveReading.Fixed.specificity(0.83), .sensitivity(0.77)] {
      #expect(
        agrees(
          try CurveReading(weighted, at: fixed).value, try CurveReading(repeated, at: fixed).value,
          within: 1e-12))
    }
    #expect(
      agrees(try AveragePrecision(weighted).value, try AveragePrecision(repeated).value, within: 1e-12))
    #expect(
      agrees(
        try PartialArea(weighted, specificity: 0.8...1).value,
        try PartialArea(repeated, specificity: 0.8...1).value, within: 1e-12))
    let benefits = (
      try NetBenefit.all(weighted, at: [0.2, 0.4]), try NetBenefit.all(repeated, at: [0.2, 0.4])
    )
    for (a, b) in zip(benefits.0, benefits.1) { #expect(agrees(a.value, b.value, within: 1e-12)) }
  }

  @Test func averagePrecisionAgreesWithScikitLearn() throws {
    for set in try Golden.values("utility")["sets"].array {
      let precision = try AveragePrecision(Self.sample(set))
      #expect(agrees(precision.value, set["average_precision"].number, within: 1e-12))
    }
  }

  @Test func netBenefitAgreesWithDcurves() throws {
    let golden = try Golden.values("utility")
    for set in golden["sets"].array {
      let benefits = try NetBenefit.all(Self.sample(set), at: golden["thresholds"].numbers)
      for (index, benefit) in benefits.enumerated() {
        #expect(agrees(benefit.value, set["net_benefit"][index].number, within: 1e-12))
        #expect(agrees(benefit.treatAll, set["treat_all"][index].number, within: 1e-12))
      }
    }
  }

  @Test func covariancesAgreeWithPROC() throws {
    for set in try Golden.values("curves")["sets"].array {
      let areas = try CorrelatedAreas(
        scores: [set["score"].numbers] + set["others"].array.map(\.numbers),
        isPositive: set["label"].numbers.map { $0 == 1 })
      for i in areas.areas.indices {
        #expect(agrees(areas.areas[i], set["areas"][i].number, within: 1e-12))
        for j in areas.areas.indices {
          #expect(agrees(areas.covariance[i][j], set["covariance"][i][j].number, within: 1e-12))
        }
      }
    }
  }

  /// Of two curves χ² is DeLong's z squared; a curve that says the same as another takes no degree of freedom, and the
  /// order of curves changes nothing.
  @Test func equalityOfAreas() throws {
    let set = try Golden.values("curves")["sets"][3]
    let truth = set["label"].numbers.map { $0 == 1 }
    let scores = [set["score"].numbers] + set["others"].array.map(\.numbers)
    let pair = try CorrelatedAreas(scores: Array(scores[0..<2]), isPositive: truth)
    let covariance = pair.covariance
    let difference = pair.areas[0] - pair.areas[1]
    let chi = difference * difference / (covariance[0][0] + covariance[1][1] - 2 * covariance[0][1])
    let equality = try pair.equality()
    #expect(agrees(equality.statistic, chi, within: 1e-10) && equality.degreesOfFreedom == 1)
    #expect(agrees(equality.p, 2 * Normal.upperTail(chi.squareRoot()), within: 1e-10))
    let all = try CorrelatedAreas(scores: scores, isPositive: truth).equality()
    let twice = try CorrelatedAreas(scores: scores + [scores[1].map { $0 * 3 }], isPositive: truth).equality()
    let turned = try CorrelatedAreas(scores: scores.reversed(), isPositive: truth).equality()
    #expect(all.degreesOfFreedom == 3 && twice.degreesOfFreedom == 3)
    #expect(agrees(all.statistic, twice.statistic, within: 1e-9))
    #expect(agrees(all.statistic, turned.statistic, within: 1e-9))
    #expect(throws: Undefined.zeroDenominator("no two areas can differ")) {
      try CorrelatedAreas(scores: [scores[0], scores[0]], isPositive: truth).equality()
    }
  }

  @Test func curvesSayWhyTheyAreUndefined() {
    let constant = Sample(scores: [1, 1], isPositive: [true, false])
    let negative = Sample(scores: [1, 2], isPositive: [false, false])
    #expect(throws: Undefined.constantScore) { try AveragePrecision(constant) }
    #expect(throws: Undefined.constantScore) { try CurveReading(constant, at: .specificity(0.9)) }
    #expect(throws: Undefined.noPositives) { try PartialArea(negative, specificity: 0.9...1) }
  }
}
