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

  let strata: Int
  /// By class (positives first), cell of the first dimension and stratum.
  private(set) var cells: [[Cell]]
  /// By class.
  private(set) var scattered: [[[Part]]]

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
    let none = [Cell](repeating: Cell(), count: groups.cellCount * width)
    var positives = none
    var negatives = none
    var scattered: [[[Part]]] = [[], []]
    func cell(_ index: Int) -> Int { Int(groups.codes[index]) * width + Int(strata.codes[index]) }
    func weight(_ index: Int) -> Double { weights.isEmpty ? 1 : weights[index] }
    func success(_ index: Int) -> Double {
      (bits[index] & 1) == ((bits[index] >> 1) & 1) ? weight(index) : 0
    }
    func addAlone(_ index: Int) {
      let (x, n, place) = (success(index), weight(index), cell(index))
      if bits[index] & 1 == 1 {
        positives[place].add(x, n)
        positives[place].addPatient(x, n)
      } else {
        negatives[place].add(x, n)
        negatives[place].addPatient(x, n)
      }
    }
    if cases.isEmpty {
      for index in bits.indices where bits[index] & skipped == 0 { addAlone(index) }
    } else {
      var start = 0
      while start < cases.count {
        var end = start + 1
        while end < cases.count, patients[Int(cases[end])] == patients[Int(cases[start])] { end += 1 }
        if end == start + 1 {
          let index = Int(cases[start])
          if bits[index] & skipped == 0 { addAlone(index) }
        } else {
          var parts: [[Part]] = [[], []]
          for place in start..<end {
            let index = Int(cases[place])
            guard bits[index] & skipped == 0 else { continue }
            let (x, n, own) = (success(index), weight(index), cell(index))
            let kind = bits[index] & 1 == 1 ? 0 : 1
            if kind == 0 { positives[own].add(x, n) } else { negatives[own].add(x, n) }
            if let known = parts[kind].firstIndex(where: { $0.cell == own }) {
              parts[kind][known].successes += x
              parts[kind][known].trials += n
            } else {
              parts[kind].append(Part(cell: own, successes: x, trials: n))
            }
          }
          for kind in 0...1 {
            if parts[kind].count == 1 {
              let only = parts[kind][0]
              if kind == 0 {
                positives[only.cell].addPatient(only.successes, only.trials)
              } else {
                negatives[only.cell].addPatient(only.successes, only.trials)
              }
            } else if parts[kind].count > 1 {
              scattered[kind].append(parts[kind])
            }
          }
        }
        start = end
      }
    }
    cells = [positives, negatives]
    self.scattered = scattered
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
    for parts in table.scattered[kind] {
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
