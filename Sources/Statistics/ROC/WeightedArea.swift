/// The area of weighted cases: a pair counts by the product of its weights, and placements are weighted shares
/// (Yao, Li, Graubard 2015, doi:10.1002/sim.6494).
///
/// Equal weights give DeLong's area and placements. Agrees with sums over all pairs to 1e-12.
extension DeLong {
  static func weighted(
    _ sample: Sample, positives: Int, negatives: Int
  ) -> (auc: Double, variance: Double?) {
    let totals = classWeights(of: sample)
    var area = 0.0
    // Whether the order is perfect is a matter of ranks, which rounding must not decide.
    var concordant = 0
    var discordant = 0
    forEachWeightedTie(in: sample) { _, below, tied in
      area += tied.positives.sum * (below.negatives.sum + tied.negatives.sum / 2)
      concordant += tied.positives.count * (2 * below.negatives.count + tied.negatives.count)
      discordant +=
        tied.positives.count * (2 * (negatives - below.negatives.count) - tied.negatives.count)
    }
    let share = area / totals.positives / totals.negatives
    let auc = discordant == 0 ? 1 : concordant == 0 ? 0 : max(0.0.nextUp, min(share, 1.0.nextDown))
    guard positives > 1, negatives > 1 else { return (auc, nil) }
    var sum10 = 0.0
    var sum01 = 0.0
    forEachPlacement(in: sample, totals) { _, tied, v10, v01 in
      sum10 += tied.positives.sum * (v10 - auc) * (v10 - auc)
      sum01 += tied.negatives.sum * (v01 - auc) * (v01 - auc)
    }
    return (
      auc,
      sum10 / totals.positives / Double(positives - 1) + sum01 / totals.negatives / Double(negatives - 1)
    )
  }

  func weightedInfluence(in sample: Sample) -> [Double] {
    let totals = DeLong.classWeights(of: sample)
    var influence = [Double](repeating: 0, count: sample.count)
    let (bits, weights) = (sample.bits, sample.weights)
    DeLong.forEachPlacement(in: sample, totals) { range, _, v10, v01 in
      for index in range {
        let weight = weights[weights.startIndex + index]
        influence[index] =
          bits[bits.startIndex + index] & 1 == 1
          ? weight * (v10 - auc) / totals.positives : weight * (v01 - auc) / totals.negatives
      }
    }
    return influence
  }

  private typealias Classes = (positives: CaseWeight, negatives: CaseWeight)

  private static func classWeights(of sample: Sample) -> (positives: Double, negatives: Double) {
    (sample.weight { $0 & 1 == 1 }.sum, sample.weight { $0 & 1 == 0 }.sum)
  }

  /// Runs of equal scores, each with the share of negatives below it and of positives above it; ties count one half.
  private static func forEachPlacement(
    in sample: Sample, _ totals: (positives: Double, negatives: Double),
    _ body: (Range<Int>, Classes, _ v10: Double, _ v01: Double) -> Void
  ) {
    forEachWeightedTie(in: sample) { range, below, tied in
      body(
        range, tied, (below.negatives.sum + tied.negatives.sum / 2) / totals.negatives,
        (totals.positives - below.positives.sum - tied.positives.sum / 2) / totals.positives)
    }
  }

  private static func forEachWeightedTie(
    in sample: Sample, _ body: (Range<Int>, _ below: Classes, _ tied: Classes) -> Void
  ) {
    let (scores, bits, weights) = (Array(sample.scores), Array(sample.bits), Array(sample.weights))
    let none = CaseWeight(count: 0)
    var below: Classes = (none, none)
    var start = 0
    while start < scores.count {
      var tied: Classes = (none, none)
      var end = start
      repeat {
        if bits[end] & 1 == 1 { tied.positives.add(weights[end]) } else { tied.negatives.add(weights[end]) }
        end += 1
      } while end < scores.count && scores[end] == scores[start]
      body(start..<end, below, tied)
      below = (below.positives + tied.positives, below.negatives + tied.negatives)
      start = end
    }
  }
}
