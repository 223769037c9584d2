internal import Statistics

/// The cases of a cohort in ascending order of one model's score, with failed outputs placed by a rule: sorted once, then
/// dealt out to any number of groups without sorting again.
struct OrderedCases: Sendable {
  /// Positions in the cohort.
  private let order: [UInt32]
  private let scores: [Double]
  private let bits: [UInt16]
  private var patients: [UInt32]
  /// Relative to the largest: equal weights are exactly 1, whatever their size. Empty where there are none.
  private let weights: [Double]
  private let operatingPoints: Int
  private let excludesFailed: Bool

  /// - Parameter scoreOrder: `OrderedCases.scoreOrder(of:)`, shared by the rules.
  init(_ cohort: Cohort, _ model: ModelOutputs, operatingPoints: Int, rule: OutputRule, scoreOrder: [UInt32])
  {
    self.operatingPoints = operatingPoints
    excludesFailed = rule == .excluded
    let failed = model.failed
    var low: [UInt32] = []
    var high: [UInt32] = []
    var order = scoreOrder
    if !failed.isEmpty, model.scores != nil {
      order = scoreOrder.filter { failed[Int($0)] == 0 }
      for index in scoreOrder where failed[Int(index)] == 1 {
        let goesLow =
          switch rule {
          // Counts as an error: a positive ranks below everyone, a negative above.
          case .worstCase: cohort.isPositive[Int(index)] == 1
          case .asPositive: false
          case .asNegative, .excluded: true
          }
        if goesLow { low.append(index) } else { high.append(index) }
      }
      order = low + order + high
    }
    self.order = order
    if let modelScores = model.scores {
      let scoredEnd = order.count - high.count
      scores = order.indices.map { place in
        place < low.count ? -.infinity : place >= scoredEnd ? .infinity : modelScores[Int(order[place])]
      }
    } else {
      scores = []
    }
    let everyPoint = (UInt16(1) << UInt16(operatingPoints)) - 1
    bits = order.map { index in
      let i = Int(index)
      let positive = UInt16(cohort.isPositive[i])
      guard !failed.isEmpty, failed[i] == 1 else {
        return positive | (model.flagged.isEmpty ? 0 : model.flagged[i] << 1)
      }
      let isFlagged =
        switch rule {
        case .worstCase: positive == 0
        case .asPositive: true
        case .asNegative, .excluded: false
        }
      return positive | (isFlagged ? everyPoint << 1 : 0) | Sample.failedBit
    }
    // Weights make variances sums over patients; where none are named, each case counts as one.
    patients =
      cohort.patients.map { codes in order.map { codes[Int($0)] } } ?? (cohort.weights == nil ? [] : order)
    // By a power of two, which rounds nothing.
    let scale = Double(sign: .plus, exponent: (cohort.weights?.max() ?? 1).exponent, significand: 1)
    weights = cohort.weights.map { weights in order.map { weights[Int($0)] / scale } } ?? []
  }

  static func scoreOrder(of model: ModelOutputs) -> [UInt32] {
    model.scores.map { RadixOrder.ascending($0) } ?? (0..<UInt32(model.count)).map { $0 }
  }

  /// Codes of every case of the cohort, in the order of the sample of everyone.
  func inOrder(_ codes: [UInt16]) -> [UInt16] { order.map { codes[Int($0)] } }

  /// The cases whose ranks count, with the stratum of each; those of a stratum at or above `count` are left out.
  func ranked(by codes: [UInt16], below count: UInt16) -> (sample: Sample, strata: [UInt16]) {
    let isKnown = codes.allSatisfy { $0 < count }
    let sample = isKnown ? everyone : dealt(by: codes.map { $0 < count ? 0 : 1 }, groups: 1)[0]
    let strata = inOrder(codes).filter { $0 < count }
    let ranked = sample.ranked
    let start = excludesFailed && !sample.scores.isEmpty ? sample.scored.lowerBound : 0
    return (ranked, Array(strata[start..<start + ranked.count]))
  }

  /// The bits of every case, in the order of the cohort.
  var bitsByCase: [UInt16] {
    var byCase = [UInt16](repeating: 0, count: bits.count)
    for (index, bit) in zip(order, bits) { byCase[Int(index)] = bit }
    return byCase
  }

  /// The same cases, each as a patient of its own.
  var eachItsOwnPatient: OrderedCases {
    var copy = self
    copy.patients = order
    return copy
  }

  var everyone: Sample {
    Sample(
      scores: scores[...], bits: bits[...], patients: patients[...], weights: weights[...],
      operatingPoints: operatingPoints, excludesFailed: excludesFailed)
  }

  /// One sample for each group, each still in order.
  ///
  /// - Parameter codes: The group of every case of the cohort, below `groups`; others are left out.
  func dealt(by codes: [UInt16], groups: Int) -> [Sample] {
    let ordered = inOrder(codes)
    var places = [Int](repeating: 0, count: groups + 1)
    for code in ordered where Int(code) < groups { places[Int(code) + 1] += 1 }
    for group in 0..<groups { places[group + 1] += places[group] }
    let bounds = places

    func deal<Element>(_ source: [Element]) -> [Element] {
      guard !source.isEmpty else { return [] }
      var next = bounds
      return [Element](unsafeUninitializedCapacity: bounds[groups]) { buffer, count in
        source.withUnsafeBufferPointer { source in
          next.withUnsafeMutableBufferPointer { next in
            ordered.withUnsafeBufferPointer { ordered in
              for place in ordered.indices {
                let group = Int(ordered[place])
                guard group < groups else { continue }
                buffer.initializeElement(at: next[group], to: source[place])
                next[group] += 1
              }
            }
          }
        }
        count = bounds[groups]
      }
    }
    let scores = deal(self.scores)
    let bits = deal(self.bits)
    let patients = deal(self.patients)
    let weights = deal(self.weights)
    return (0..<groups).map { group in
      let range = bounds[group]..<bounds[group + 1]
      return Sample(
        scores: scores.isEmpty ? [] : scores[range], bits: bits[range],
        patients: patients.isEmpty ? [] : patients[range], weights: weights.isEmpty ? [] : weights[range],
        operatingPoints: operatingPoints, excludesFailed: excludesFailed)
    }
  }
}
