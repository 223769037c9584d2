/// How much some cases weigh together. Without sampling weights each weighs 1.
public struct CaseWeight: Hashable, Sendable {
  public var count: Int
  public var sum: Double
  /// Σ w².
  public var squares: Double

  public init(count: Int) { self.init(count: count, sum: Double(count), squares: Double(count)) }

  public init(count: Int, sum: Double, squares: Double) {
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  public mutating func add(_ weight: Double) {
    count += 1
    sum += weight
    squares += weight * weight
  }

  public static func + (a: CaseWeight, b: CaseWeight) -> CaseWeight {
    CaseWeight(count: a.count + b.count, sum: a.sum + b.sum, squares: a.squares + b.squares)
  }

  /// (Σ w)² / Σ w²: as many cases of equal weight say as much of a mean (Kish 1965, Survey Sampling, chapter 11).
  public var effectiveCases: Double { squares > 0 ? sum * sum / squares : 0 }

  /// Effective cases per case: 1 where all weigh the same.
  public var evenness: Double {
    let share = count > 0 ? effectiveCases / Double(count) : 1
    return abs(share - 1) < 1e-9 ? 1 : share
  }
}

/// Decisions against the reference standard, by the weight of their cases.
public struct WeightedTable: Hashable, Sendable {
  public var truePositives, falsePositives, falseNegatives, trueNegatives: CaseWeight

  /// Without weights.
  public init(_ table: TwoByTwo) {
    truePositives = CaseWeight(count: table.truePositives)
    falsePositives = CaseWeight(count: table.falsePositives)
    falseNegatives = CaseWeight(count: table.falseNegatives)
    trueNegatives = CaseWeight(count: table.trueNegatives)
  }

  public var positives: CaseWeight { truePositives + falseNegatives }
  public var negatives: CaseWeight { falsePositives + trueNegatives }
}

extension Sample {
  /// - Precondition: The sample is weighted.
  public func weightedTable(at operatingPoint: Int) -> WeightedTable {
    precondition(isWeighted)
    let shift = UInt16(operatingPoint)
    let skipped = excludesFailed ? Sample.failedBit : 0
    // Cell index: reference standard + 2 · flagged.
    var cells = [CaseWeight](repeating: CaseWeight(count: 0), count: 4)
    for (bit, weight) in zip(bits, weights) where bit & skipped == 0 {
      cells[Int((bit & 1) | ((bit >> shift) & 2))].add(weight)
    }
    var table = WeightedTable(
      TwoByTwo(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0))
    table.truePositives = cells[3]
    table.falsePositives = cells[2]
    table.falseNegatives = cells[1]
    table.trueNegatives = cells[0]
    return table
  }

  /// The weight of the cases whose bits say so; their number where the sample has no weights.
  public func weight(where isCounted: (UInt16) -> Bool) -> CaseWeight {
    guard isWeighted else { return CaseWeight(count: bits.count(where: isCounted)) }
    var sum = CaseWeight(count: 0)
    for (bit, weight) in zip(bits, weights) where isCounted(bit) { sum.add(weight) }
    return sum
  }
}
