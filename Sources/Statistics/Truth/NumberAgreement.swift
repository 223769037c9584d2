/// How far readers agree who give numbers: intraclass correlations, and of two readers the limits of agreement.
public struct NumberAgreement: Hashable, Sendable {
  /// Sums over cases that every reader read.
  public struct Sums: Hashable, Sendable {
    public var cases = 0.0
    /// Σ over cases: of each reader's reads, of all squares, of the squares of a case's sum.
    var readers: [Double]
    var squares = 0.0
    var ofCases = 0.0
    /// Of two readers: Σ (first − second)².
    var differences = 0.0

    public init(readers: Int) {
      precondition(readers > 1)
      self.readers = [Double](repeating: 0, count: readers)
    }

    public mutating func add(_ reads: [Double]) {
      cases += 1
      var sum = 0.0
      for (reader, read) in reads.enumerated() {
        readers[reader] += read
        squares += read * read
        sum += read
      }
      ofCases += sum * sum
      differences += (reads[0] - reads[1]) * (reads[0] - reads[1])
    }

    public static func - (a: Sums, b: Sums) -> Sums {
      var difference = a
      difference.cases -= b.cases
      for reader in a.readers.indices { difference.readers[reader] -= b.readers[reader] }
      difference.squares -= b.squares
      difference.ofCases -= b.ofCases
      difference.differences -= b.differences
      return difference
    }

    var k: Double { Double(readers.count) }

    /// Mean squares: of cases, of readers, of what is left.
    func meanSquares() throws(Undefined) -> (cases: Double, readers: Double, rest: Double) {
      guard cases > 1 else { throw .tooFewCases(found: Int(cases), needed: 2, of: "") }
      let total = readers.reduce(0, +)
      let correction = total * total / (cases * k)
      let ofCases = self.ofCases / k - correction
      let ofReaders = readers.reduce(0) { $0 + $1 * $1 } / cases - correction
      let rest = squares - correction - ofCases - ofReaders
      return (ofCases / (cases - 1), ofReaders / (k - 1), max(0, rest) / ((cases - 1) * (k - 1)))
    }
  }

  /// Shrout and Fleiss 1979 (doi:10.1037/0033-2909.86.2.420), random cases and random readers, absolute agreement: ICC(2,1) of
  /// one reader, ICC(2,k) of the mean of all. Agrees with R psych `ICC` to 1e-9.
  public static func icc(_ sums: Sums, ofMean: Bool) throws(Undefined) -> Double {
    let (b, j, e) = try sums.meanSquares()
    let denominator =
      ofMean ? b + (j - e) / sums.cases : b + (sums.k - 1) * e + sums.k * (j - e) / sums.cases
    guard denominator > 0 else { throw .notComputed("the reads do not vary") }
    return (b - e) / denominator
  }

  /// First reader minus second: mean, and 1.96 standard deviations around it (Bland, Altman 1986,
  /// doi:10.1016/S0140-6736(86)90837-8).
  public static func bias(_ sums: Sums) throws(Undefined) -> Double {
    guard sums.cases > 0 else { throw .noCases }
    return (sums.readers[0] - sums.readers[1]) / sums.cases
  }

  public static func limit(_ sums: Sums, isUpper: Bool) throws(Undefined) -> Double {
    let bias = try bias(sums)
    guard sums.cases > 1 else { throw .tooFewCases(found: Int(sums.cases), needed: 2, of: "") }
    let variance = max(0, sums.differences - sums.cases * bias * bias) / (sums.cases - 1)
    return bias + (isUpper ? 1 : -1) * Normal.upperQuantile(0.025) * variance.squareRoot()
  }
}
