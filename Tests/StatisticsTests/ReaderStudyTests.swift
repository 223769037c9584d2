import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct ReaderStudyTests {
  @Test func agreesWithCasesLeftOutOneByOne() throws {
    let goldens = try Golden.values("reader_study")["studies"].array
    #expect(goldens.count == 3)
    for golden in goldens {
      let study = try ReaderStudy(
        scores: golden["scores"].array.map { $0.array.map(\.numbers) },
        isPositive: golden["truth"].numbers.map { $0 == 1 })
      for (row, expected) in zip(study.areas, golden["areas"].array) {
        #expect(zip(row, expected.numbers).allSatisfy { agrees($0, $1, within: 1e-12) })
      }
      #expect(agrees(study.variance, golden["variance"].number, within: 1e-12))
      #expect(agrees(study.sameReader, golden["cov1"].number, within: 1e-12))
      #expect(agrees(study.sameTreatment, golden["cov2"].number, within: 1e-12))
      #expect(agrees(study.bothDiffer, golden["cov3"].number, within: 1e-12))
      let test = try study.equality()
      #expect(agrees(test.statistic, golden["f"].number, within: 1e-9))
      #expect(agrees(study.degreesOfFreedom, golden["ddf"].number, within: 1e-9))
      #expect(agrees(test.p, golden["p"].number, within: 1e-9))
      let difference = try study.difference(0, minus: 1, tail: 0.025)
      #expect(agrees(difference.value, golden["difference"].number, within: 1e-12))
      #expect(agrees(difference.standardError, golden["se"].number, within: 1e-9))
      #expect(agrees(difference.interval.lower, golden["lower"].number, within: 1e-9))
      #expect(agrees(difference.interval.upper, golden["upper"].number, within: 1e-9))
    }
  }

  private static let vanDyke = "data/mrmc_reference/VanDyke.csv"

  /// RJafroc's output for VanDyke et al., dataset02, empirical areas and jackknife, random readers and cases.
  @Test(.enabled(if: SharedData.has(vanDyke), "shared data: VanDyke.csv"))
  func reproducesVanDyke() throws {
    let table = try PlainTable(contentsOf: SharedData.url(Self.vanDyke))
    let (reader, treatment) = (table.numbers("reader"), table.numbers("treatment"))
    let (cases, truth, rating) = (table.numbers("case"), table.numbers("truth"), table.numbers("rating"))
    let size = Int(cases.max() ?? 0)
    var scores = [[[Double]]](
      repeating: .init(repeating: .init(repeating: .nan, count: size), count: 5), count: 2)
    var isPositive = [Bool](repeating: false, count: size)
    for i in rating.indices {
      scores[Int(treatment[i]) - 1][Int(reader[i]) - 1][Int(cases[i]) - 1] = rating[i]
      isPositive[Int(cases[i]) - 1] = truth[i] == 1
    }
    let study = try ReaderStudy(scores: scores, isPositive: isPositive)
    #expect(isPositive.count { $0 } == 45 && size == 114)
    #expect(abs(study.variance - 0.00080228827) < 5e-12 && abs(study.sameReader - 0.00034661371) < 5e-12)
    #expect(abs(study.sameTreatment - 0.00034407483) < 5e-12)
    #expect(abs(study.bothDiffer - 0.00023902837) < 5e-12)
    let difference = try study.difference(0, minus: 1, tail: 0.025)
    #expect(abs(difference.value + 0.0438003) < 5e-8 && abs(difference.standardError - 0.0207486) < 5e-8)
    #expect(abs(difference.interval.lower + 0.087959) < 5e-7)
    #expect(abs(difference.interval.upper - 0.000359) < 5e-7)
    let test = try study.equality()
    #expect(abs(test.statistic - 4.456319) < 5e-7 && abs(test.p - 0.05166569) < 5e-9)
    #expect(abs(study.degreesOfFreedom - 15.259675) < 5e-7)
  }

  @Test func twoReadersSpeakForThemselvesOnly() {
    #expect(
      throws: Undefined.notComputed(
        "2 readers, at least 3 needed: what is found holds for these readers only")
    ) {
      try ReaderStudy(areas: [[0.8, 0.9], [0.7, 0.8]], covariance: Self.flat(4, 0.001))
    }
  }

  /// Of two treatments the interval excludes 0 exactly where p falls below its level, and order only turns the sign.
  @Test func testAndIntervalAgree() throws {
    let areas = [[0.80, 0.83, 0.79, 0.90], [0.84, 0.88, 0.85, 0.91]]
    let study = try ReaderStudy(areas: areas, covariance: Self.flat(8, 0.0004))
    let p = try study.equality().p
    let touching = try study.difference(1, minus: 0, tail: p / 2)
    #expect(abs(touching.interval.lower) < 1e-9)
    let back = try study.difference(0, minus: 1, tail: p / 2)
    #expect(agrees(touching.value, -back.value, within: 1e-15))
  }

  /// Readers who all gain alike leave only the cases to vary; without them nothing is left to measure by.
  @Test func readersWhoAllGainAlike() throws {
    let areas = [[0.5, 0.625, 0.75], [0.625, 0.75, 0.875]]
    var covariance = Self.flat(6, 0.001)
    for a in 0..<6 {
      for b in 0..<6 where a != b && a / 3 == b / 3 { covariance[a][b] = 0.0005 }
    }
    let study = try ReaderStudy(areas: areas, covariance: covariance)
    #expect(study.degreesOfFreedom == .infinity && study.interactionSquare == 0)
    let f = 3 * 0.125 * 0.125 / 2 / (3 * 0.0005)
    #expect(agrees(try study.equality().statistic, f, within: 1e-12))
    #expect(agrees(try study.equality().p, 2 * Normal.upperTail(f.squareRoot()), within: 1e-12))
    let empty = try ReaderStudy(areas: areas, covariance: Self.flat(6, 0))
    #expect(throws: Undefined.zeroDenominator("no variation among readers or cases")) {
      try empty.equality()
    }
  }

  private static func flat(_ size: Int, _ variance: Double) -> [[Double]] {
    (0..<size).map { a in (0..<size).map { $0 == a ? variance : 0 } }
  }
}
