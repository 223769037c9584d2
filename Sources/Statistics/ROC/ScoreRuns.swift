/// The runs of equal scores of a sample, from the highest down: the steps of its ROC curve.
struct ScoreRuns {
  /// A step from one corner of the curve to the next; ties make it slant.
  struct Run {
    /// Places in the sample.
    let places: Range<Int>
    /// Flagged shares of each class above the run and with it, by weight.
    let above: Shares
    let with: Shares
  }

  struct Shares {
    var positives = 0.0
    var negatives = 0.0
  }

  /// Of each class: cases, and their weight, added in the order of the runs so that the shares end at exactly 1.
  let positives: CaseWeight
  let negatives: CaseWeight
  private let sample: Sample

  /// - Throws: `needsScore`, `noPositives`, `noNegatives`, or `constantScore` when all cases tie.
  init(_ sample: Sample) throws(Undefined) {
    guard !sample.scores.isEmpty || sample.count == 0 else { throw .needsScore }
    let count = sample.positives
    guard count > 0 else { throw .noPositives }
    guard count < sample.count else { throw .noNegatives }
    guard sample.scores.first != sample.scores.last else { throw .constantScore }
    self.sample = sample
    guard sample.isWeighted else {
      positives = CaseWeight(count: count)
      negatives = CaseWeight(count: sample.count - count)
      return
    }
    var classes = (CaseWeight(count: 0), CaseWeight(count: 0))
    for (bit, weight) in zip(sample.bits, sample.weights).reversed() {
      if bit & 1 == 1 { classes.0.add(weight) } else { classes.1.add(weight) }
    }
    (positives, negatives) = classes
  }

  /// Share of the weight that is positive.
  var prevalence: Double { positives.sum / (positives.sum + negatives.sum) }

  func forEach(_ body: (Run) -> Void) {
    let weights = Array(sample.weights)
    sample.scores.withUnsafeBufferPointer { scores in
      sample.bits.withUnsafeBufferPointer { bits in
        var (flaggedPositives, flaggedNegatives) = (0.0, 0.0)
        var above = Shares()
        var end = scores.count
        while end > 0 {
          var start = end
          repeat {
            start -= 1
            let weight = weights.isEmpty ? 1 : weights[start]
            if bits[start] & 1 == 1 { flaggedPositives += weight } else { flaggedNegatives += weight }
          } while start > 0 && scores[start - 1] == scores[start]
          let with = Shares(
            positives: flaggedPositives / positives.sum, negatives: flaggedNegatives / negatives.sum)
          body(Run(places: start..<end, above: above, with: with))
          above = with
          end = start
        }
      }
    }
  }

  /// Influence by place in the sample: each class's own value of its run, times the case's share of its class's weight.
  func influence(
    _ value: (Run) -> (positive: Double, negative: Double)
  ) -> [Double] {
    var influence = [Double](repeating: 0, count: sample.count)
    let bits = Array(sample.bits)
    let weights = Array(sample.weights)
    forEach { run in
      let value = value(run)
      for place in run.places {
        let weight = weights.isEmpty ? 1 : weights[place]
        influence[place] =
          bits[place] & 1 == 1
          ? weight * value.positive / positives.sum : weight * value.negative / negatives.sum
      }
    }
    return influence
  }

  /// Of independent cases, from the influence of each: each class with its own number of cases, as DeLong's.
  /// Nil with fewer than two cases in a class.
  func variance(of influence: [Double]) -> Double? {
    guard positives.count > 1, negatives.count > 1 else { return nil }
    var squares = (positives: 0.0, negatives: 0.0)
    for (bit, value) in zip(sample.bits, influence) {
      if bit & 1 == 1 { squares.positives += value * value } else { squares.negatives += value * value }
    }
    func factor(_ cases: Int) -> Double { Double(cases) / Double(cases - 1) }
    return factor(positives.count) * squares.positives + factor(negatives.count) * squares.negatives
  }
}
