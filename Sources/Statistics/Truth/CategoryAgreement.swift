/// How far several readers agree on the same cases, beyond chance.
///
/// Every coefficient is a smooth function of sums over cases; its standard error is the jackknife's over patients (or cases,
/// where none are named), which for Cohen's κ agrees with the delta method of Fleiss, Cohen and Everitt 1969 in large samples.
/// Reads are codes 0, 1, … in ascending order of the scale.
public struct CategoryAgreement: Hashable, Sendable {
  /// What readers are weighed by when they are not in the same category.
  public enum Weights: String, Hashable, Sendable, CaseIterable { case none, linear, quadratic }

  /// Sums over cases that every reader read.
  public struct Sums: Hashable, Sendable {
    let readers: Int
    let categories: Int
    public var cases = 0.0
    /// For each pair of readers, how often the one said a and the other b.
    var pairs: [Double]

    public init(readers: Int, categories: Int) {
      precondition(readers > 1 && categories > 1)
      self.readers = readers
      self.categories = categories
      pairs = [Double](repeating: 0, count: readers * (readers - 1) / 2 * categories * categories)
    }

    /// - Parameter reads: One for each reader.
    public mutating func add(_ reads: [Int], times: Double = 1) {
      cases += times
      var pair = 0
      for first in 0..<readers {
        for second in first + 1..<readers {
          pairs[(pair * categories + reads[first]) * categories + reads[second]] += times
          pair += 1
        }
      }
    }

    public static func - (a: Sums, b: Sums) -> Sums {
      var difference = a
      difference.cases -= b.cases
      for index in a.pairs.indices { difference.pairs[index] -= b.pairs[index] }
      return difference
    }

    /// The table of two readers.
    func table(_ pair: Int, _ a: Int, _ b: Int) -> Double {
      pairs[(pair * categories + a) * categories + b]
    }

    var pairCount: Int { readers * (readers - 1) / 2 }

    /// Agreement of two readers, and the agreement expected of their margins; each pair has its own.
    func observedAndExpected(_ pair: Int, _ weights: Weights) -> (observed: Double, expected: Double) {
      var rows = [Double](repeating: 0, count: categories)
      var columns = rows
      var observed = 0.0
      for a in 0..<categories {
        for b in 0..<categories {
          let count = table(pair, a, b)
          rows[a] += count
          columns[b] += count
          observed += weight(a, b, weights) * count
        }
      }
      var expected = 0.0
      for a in 0..<categories {
        for b in 0..<categories { expected += weight(a, b, weights) * rows[a] * columns[b] }
      }
      return (observed / cases, expected / (cases * cases))
    }

    private func weight(_ a: Int, _ b: Int, _ weights: Weights) -> Double {
      let distance = Double(abs(a - b)) / Double(categories - 1)
      return switch weights {
      case .none: a == b ? 1 : 0
      case .linear: 1 - distance
      case .quadratic: 1 - distance * distance
      }
    }

    /// Of all readers together, the share of reads in each category.
    var shares: [Double] {
      var counts = [Double](repeating: 0, count: categories)
      for pair in 0..<pairCount {
        for a in 0..<categories {
          for b in 0..<categories {
            counts[a] += table(pair, a, b)
            counts[b] += table(pair, a, b)
          }
        }
      }
      let all = Double(2 * pairCount) * cases
      return counts.map { $0 / all }
    }
  }

  /// The share of pairs of reads that agree.
  public static func percent(_ sums: Sums) throws(Undefined) -> Double {
    guard sums.cases > 0 else { throw .noCases }
    return (0..<sums.pairCount).reduce(0) { $0 + sums.observedAndExpected($1, .none).observed }
      / Double(sums.pairCount)
  }

  /// Cohen 1960 (doi:10.1177/001316446002000104), weighted Cohen 1968 (doi:10.1037/h0026256); of more than two readers the
  /// mean over pairs (Light 1971, doi:10.1037/h0031643). Agrees with R psych `cohen.kappa` to 1e-12.
  public static func kappa(_ sums: Sums, _ weights: Weights = .none) throws(Undefined) -> Double {
    guard sums.cases > 0 else { throw .noCases }
    var total = 0.0
    for pair in 0..<sums.pairCount {
      let (observed, expected) = sums.observedAndExpected(pair, weights)
      guard expected < 1 else { throw .notComputed("the readers used one category only") }
      total += (observed - expected) / (1 - expected)
    }
    return total / Double(sums.pairCount)
  }

  /// Fleiss 1971 (doi:10.1037/h0031619): chance by the shares of all readers together. Agrees with statsmodels
  /// `fleiss_kappa` to 1e-12.
  public static func fleissKappa(_ sums: Sums) throws(Undefined) -> Double {
    let observed = try percent(sums)
    let expected = sums.shares.reduce(0) { $0 + $1 * $1 }
    guard expected < 1 else { throw .notComputed("the readers used one category only") }
    return (observed - expected) / (1 - expected)
  }

  /// Gwet 2008 (doi:10.1348/000711006X126600): chance only where a read is hard; it does not fall apart when nearly all cases
  /// are of one category, as κ does.
  public static func ac1(_ sums: Sums) throws(Undefined) -> Double {
    let observed = try percent(sums)
    let shares = sums.shares
    let expected = shares.reduce(0) { $0 + $1 * (1 - $1) } / Double(shares.count - 1)
    return (observed - expected) / (1 - expected)
  }
}
