import Statistics
import TestSupport
import Testing

@Suite struct ReaderAgreementTests {
  private static func sums(_ codes: [[Int]], _ categories: Int) -> CategoryAgreement.Sums {
    var sums = CategoryAgreement.Sums(readers: codes[0].count, categories: categories)
    for reads in codes { sums.add(reads) }
    return sums
  }

  @Test func agreesWithPsych() throws {
    let goldens = try Golden.values("readers")["readers"].array
    #expect(goldens.count == 5)
    for golden in goldens {
      let codes = golden["codes"].array.map { $0.array.compactMap(\.int) }
      let categories = try #require(golden["categories"].int)
      let sums = Self.sums(codes, categories)
      #expect(agrees(try CategoryAgreement.kappa(sums), golden["kappa"].number, within: 1e-12))
      #expect(agrees(try CategoryAgreement.kappa(sums, .linear), golden["linear"].number, within: 1e-12))
      #expect(
        agrees(try CategoryAgreement.kappa(sums, .quadratic), golden["quadratic"].number, within: 1e-12))
      var numbers = NumberAgreement.Sums(readers: codes[0].count)
      for reads in golden["numbers"].array { numbers.add(reads.numbers) }
      #expect(agrees(try NumberAgreement.icc(numbers, ofMean: false), golden["icc1"].number, within: 1e-9))
      #expect(agrees(try NumberAgreement.icc(numbers, ofMean: true), golden["icck"].number, within: 1e-9))
      #expect(agrees(try NumberAgreement.bias(numbers), golden["bias"].number, within: 1e-12))
      #expect(
        agrees(try NumberAgreement.limit(numbers, isUpper: true), golden["upper"].number, within: 1e-12))
      // The jackknife of κ of the first two readers beside psych's delta method.
      let pair = codes.map { Array($0.prefix(2)) }
      let jackknife = try Self.jackknife(pair, categories) { sums throws(Undefined) in
        try CategoryAgreement.kappa(sums)
      }
      let error = try #require(jackknife.variance).squareRoot()
      #expect(abs(error / golden["se"].number - 1) < 3 / Double(codes.count).squareRoot() / 2)
    }
  }

  private static func jackknife(
    _ codes: [[Int]], _ categories: Int, _ statistic: (CategoryAgreement.Sums) throws(Undefined) -> Double
  ) throws -> Jackknife {
    try Jackknife(
      sums(codes, categories), units: codes.map { (sums([$0], categories), 1) }, minus: { $0 - $1 }, statistic
    )
  }

  @Test func fleissAgreesWithStatsmodels() throws {
    let theirs = try Golden.values("readers_fleiss")["fleiss"].numbers
    for (golden, value) in zip(try Golden.values("readers")["readers"].array, theirs) {
      let codes = golden["codes"].array.map { $0.array.compactMap(\.int) }
      let sums = Self.sums(codes, try #require(golden["categories"].int))
      #expect(agrees(try CategoryAgreement.fleissKappa(sums), value, within: 1e-12))
    }
  }

  /// Gwet's example of a trait that nearly everyone has: 118 agree on the one, none on the other, 7 differ.
  @Test func reproducesGwetsExample() throws {
    var sums = CategoryAgreement.Sums(readers: 2, categories: 2)
    sums.add([0, 0], times: 118)
    sums.add([0, 1], times: 5)
    sums.add([1, 0], times: 2)
    #expect((try CategoryAgreement.ac1(sums) * 10_000).rounded() == 9408)
    #expect((try CategoryAgreement.kappa(sums) * 10_000).rounded() == -234)
  }

  /// Of a mean the jackknife is the textbook's variance; units of two cases leave two out.
  @Test func theJackknifeIsKnownForAMean() throws {
    let values = [1.0, 4, 4, 7, 9, 2]
    struct Sums: Hashable { var n = 0.0, x = 0.0 }
    func jackknife(_ units: [(sums: Sums, count: Int)]) throws -> Jackknife {
      try Jackknife(
        Sums(n: 6, x: values.reduce(0, +)), units: units,
        minus: { Sums(n: $0.n - $1.n, x: $0.x - $1.x) }, { sums in sums.x / sums.n })
    }
    let mean = values.reduce(0, +) / 6
    let expected = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 30
    let single = try jackknife(values.map { (Sums(n: 1, x: $0), 1) })
    #expect(agrees(try #require(single.variance), expected, within: 1e-12))
    let grouped = try jackknife(
      [(Sums(n: 1, x: 4), 2)] + [1.0, 7, 9, 2].map { (Sums(n: 1, x: $0), 1) })
    #expect(agrees(try #require(grouped.variance), expected, within: 1e-12))
    let alike = try jackknife([(Sums(n: 1, x: mean), 6)])
    #expect(alike.variance == nil && alike.interval(.identity, tail: 0.025) == nil)
  }

  @Test func oneCategoryIsUndefined() throws {
    let sums = Self.sums([[0, 0], [0, 0]], 2)
    #expect(throws: Undefined.notComputed("the readers used one category only")) {
      try CategoryAgreement.kappa(sums)
    }
    #expect(try CategoryAgreement.percent(sums) == 1 && CategoryAgreement.ac1(sums) == 1)
  }
}
