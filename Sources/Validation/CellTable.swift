internal import Statistics

/// The decisions on one class (positives, or negatives) cut by two dimensions: what every difference between groups within
/// strata follows from, made in one pass.
///
/// By cell it holds sums, and second moments over patients; the few patients with cases in several cells are kept one by
/// one, so that the variance of any such difference is exact.
struct CellTable {
  struct Cell {
    var cases = 0
    /// Σ w of correct decisions, Σ w and Σ w² of all.
    var successes = 0.0
    var trials = 0.0
    var squares = 0.0
    /// Over the patients of this cell alone, of their sums of successes x and trials n: Σ x², Σ x n, Σ n².
    var moments = SIMD3<Double>.zero
    var patients = 0

    fileprivate mutating func add(_ success: Double, _ weight: Double) {
      cases += 1
      successes += success
      trials += weight
      squares += weight * weight
    }

    fileprivate mutating func addPatient(_ x: Double, _ n: Double) {
      moments += [x * x, x * n, n * n]
      patients += 1
    }
  }

  /// What a patient has in one of several cells.
  struct Part {
    let cell: Int
    var successes: Double
    var trials: Double
  }

  private(set) var strata: Int
  /// By class (positives first), cell of the first dimension and stratum.
  private(set) var cells: [[Cell]]
  /// By class.
  private(set) var scattered: [Scattered]

  /// Patients with cases in several cells, one after another.
  struct Scattered {
    var parts: [Part] = []
    /// Of each patient's parts.
    var ends: [Int] = []

    func forEach(_ body: (ArraySlice<Part>) -> Void) {
      var start = 0
      for end in ends {
        body(parts[start..<end])
        start = end
      }
    }
  }

  static let mostCells = 100_000

  /// - Parameters:
  ///   - cases: Positions in the cohort, patient by patient; empty: every case by itself, in the cohort's order.
  ///   - bits: Of every case of the cohort, as in a sample, at its first operating point.
  ///   - skipped: Bits of cases that do not count.
  init(
    _ groups: Dimension, by strata: Dimension, cases: [UInt32], patients: [UInt32], bits: [UInt16],
    weights: [Double], skipped: UInt16
  ) {
    self.strata = strata.cellCount
    let width = strata.cellCount
    let size = groups.cellCount * width
    // Of negatives behind those of positives.
    var cells = [Cell](repeating: Cell(), count: 2 * size)
    var scattered = [Scattered(), Scattered()]
    var parts: [Part] = []
    var start = 0
    let count = cases.isEmpty ? bits.count : cases.count
    while start < count {
      var end = start + 1
      if !cases.isEmpty {
        let patient = patients[Int(cases[start])]
        while end < count, patients[Int(cases[end])] == patient { end += 1 }
      }
      parts.removeAll(keepingCapacity: true)
      for place in start..<end {
        let index = cases.isEmpty ? place : Int(cases[place])
        let bit = bits[index]
        guard bit & skipped == 0 else { continue }
        let weight = weights.isEmpty ? 1 : weights[index]
        let success = (bit & 1) == ((bit >> 1) & 1) ? weight : 0
        let own =
          (bit & 1 == 1 ? 0 : size) + Int(groups.codes[index]) * width + Int(strata.codes[index])
        cells[own].add(success, weight)
        if let known = parts.firstIndex(where: { $0.cell == own }) {
          parts[known].successes += success
          parts[known].trials += weight
        } else {
          parts.append(Part(cell: own, successes: success, trials: weight))
        }
      }
      start = end
      for kind in 0...1 {
        let isOfKind = { (part: Part) in (part.cell < size) == (kind == 0) }
        switch parts.count(where: isOfKind) {
        case 0: break
        case 1:
          for part in parts where isOfKind(part) { cells[part.cell].addPatient(part.successes, part.trials) }
        default:
          for part in parts where isOfKind(part) {
            scattered[kind].parts.append(
              Part(cell: part.cell - kind * size, successes: part.successes, trials: part.trials))
          }
          scattered[kind].ends.append(scattered[kind].parts.count)
        }
      }
    }
    self.cells = [Array(cells[..<size]), Array(cells[size...])]
    self.scattered = scattered
  }

  /// The strata as groups, and the groups as strata.
  var transposed: CellTable {
    let groups = cells[0].count / max(strata, 1)
    func turned(_ cell: Int) -> Int { cell % strata * groups + cell / strata }
    var copy = self
    copy.strata = groups
    for kind in 0...1 {
      for place in cells[kind].indices { copy.cells[kind][turned(place)] = cells[kind][place] }
      for place in scattered[kind].parts.indices {
        let part = scattered[kind].parts[place]
        copy.scattered[kind].parts[place] = Part(
          cell: turned(part.cell), successes: part.successes, trials: part.trials)
      }
    }
    return copy
  }
}

/// One class, two sets of cells: their difference within strata.
struct AdjustedDifference {
  let difference: StratifiedDifference
  private let table: CellTable
  private let kind: Int
  private let first: Set<Int>
  private let second: Set<Int>

  /// - Parameter kind: 0: positives, 1: negatives.
  init(
    _ table: CellTable, kind: Int, _ first: [Int], minus second: [Int],
    method: StratifiedDifference.Method
  ) throws(Undefined) {
    self.table = table
    self.kind = kind
    self.first = Set(first)
    self.second = Set(second)
    func side(_ groups: [Int], _ stratum: Int) -> StratifiedDifference.Side {
      groups.reduce(into: .init(successes: 0, trials: 0, squares: 0)) { side, group in
        let cell = table.cells[kind][group * table.strata + stratum]
        side.successes += cell.successes
        side.trials += cell.trials
        side.squares += cell.squares
      }
    }
    difference = try StratifiedDifference(
      (0..<table.strata).map { (side(first, $0), side(second, $0)) }, method: method)
  }

  /// Of linearised weights and patients, never below that of independent cases; with the patients of the smaller side.
  var clustered: (variance: Double, patients: Int)? {
    let strata = table.strata
    var coefficients = [SIMD2<Double>](repeating: .zero, count: table.cells[kind].count)
    for (groups, isFirst) in [(first, true), (second, false)] {
      for group in groups {
        for stratum in 0..<strata {
          let (success, trial) = difference.influence(ofSide: isFirst, in: stratum)
          coefficients[group * strata + stratum] += [success, trial]
        }
      }
    }
    var squares = 0.0
    var patients = (all: 0, first: 0, second: 0)
    func count(_ number: Int, isIn first: Bool, _ second: Bool) {
      patients.all += first || second ? number : 0
      patients.first += first ? number : 0
      patients.second += second ? number : 0
    }
    for (place, cell) in table.cells[kind].enumerated() where cell.patients > 0 {
      let c = coefficients[place]
      squares +=
        c[0] * c[0] * cell.moments[0] + 2 * c[0] * c[1] * cell.moments[1] + c[1] * c[1] * cell.moments[2]
      count(cell.patients, isIn: first.contains(place / strata), second.contains(place / strata))
    }
    table.scattered[kind].forEach { parts in
      let phi = parts.reduce(0) {
        $0 + coefficients[$1.cell][0] * $1.successes + coefficients[$1.cell][1] * $1.trials
      }
      squares += phi * phi
      count(
        1, isIn: parts.contains { first.contains($0.cell / strata) },
        parts.contains { second.contains($0.cell / strata) })
    }
    let smaller = min(patients.first, patients.second)
    guard smaller > 1 else { return nil }
    let factor = Double(patients.all) / Double(patients.all - 1)
    return (max(factor * squares, difference.variance), smaller)
  }

  /// Of the smaller side, the successes or failures, whichever are fewer.
  var fewestEvents: Double {
    [first, second].map { groups in
      let (x, n) = groups.reduce((0.0, 0.0)) { sum, group in
        (0..<table.strata).reduce(sum) { sum, stratum in
          let cell = table.cells[kind][group * table.strata + stratum]
          guard cell.trials > 0 else { return sum }
          let evenness = cell.trials / cell.squares
          return (sum.0 + cell.successes * evenness, sum.1 + cell.trials * evenness)
        }
      }
      return min(x, n - x)
    }.min() ?? 0
  }
}
