internal import Statistics

extension ModelPass {
  /// Nil where the plan does not ask, or the model gives no probabilities.
  func recalibration(
    _ dimensions: [Dimension], _ ordered: OrderedCases, _ workers: Workers
  ) -> RecalibrationAdvice? {
    guard plan.advisesRecalibration, definition.isProbability else { return nil }
    let everyone = ordered.everyone
    let scored = ScoredCases(of: everyone)
    let patients = everyone.patients.dropFirst(everyone.scored.lowerBound).prefix(scored.count)
    return RecalibrationAdvice(
      model: model.name, finding: finding,
      advice: Result { () throws(Undefined) in
        let test = try RecalibrationTest(try LogitCases(of: scored), patients: patients)
        let level = 1 - plan.confidence
        let update = test.advice(level: level)
        return RecalibrationAdvice.Advice(
          update: update, steps: test.steps, level: level,
          effects: Result { () throws(Undefined) in
            guard update != .none else { return [] }
            let changed = try crossValidated(update, scored, patients, workers)
            let effects = RecalibrationEffects(
              scored: scored, changed: changed, patients: patients, threshold: primaryThreshold,
              confidence: plan.confidence)
            return effects.everywhere(dimensions, ordered) { isAssessable($0, positives: $1, negatives: $2) }
          })
      })
  }

  /// On the probability; nil with a delivered decision, or without an operating point.
  private var primaryThreshold: Double? {
    definition.decision == nil ? definition.operatingPoints.first?.threshold : nil
  }

  private func isAssessable(_ group: Subgroup, positives: Int, negatives: Int) -> Bool {
    !group.hasUnknown && positives >= plan.smallestSubgroup.positives
      && negatives >= plan.smallestSubgroup.negatives
  }

  /// New probabilities, those of a patient from a fit on other patients.
  private func crossValidated(
    _ update: RecalibrationTest.Update, _ scored: ScoredCases, _ patients: ArraySlice<UInt32>,
    _ workers: Workers
  ) throws(Undefined) -> [Double] {
    let count = UInt64(RecalibrationAdvice.folds)
    let seed = plan.seed
    let folds = (0..<scored.count).map { place -> UInt64 in
      let patient = patients.isEmpty ? UInt64(place) : UInt64(patients[patients.startIndex + place])
      var random = RandomStream(seed, 0x7265_6361_6C69_62, patient)
      return random.next() % count
    }
    let fits = workers.map(RecalibrationAdvice.folds) { fold in
      Result { () throws(Undefined) in
        try Recalibration(update, to: LogitCases(of: scored.filtered { folds[$0] != UInt64(fold) }))
      }
    }
    var recalibrations: [Recalibration] = []
    for fit in fits { recalibrations.append(try fit.get()) }
    let logits = try LogitCases(of: scored).logits
    return logits.indices.map { recalibrations[Int(folds[$0])].probability(atLogit: logits[$0]) }
  }
}

/// Probabilities before and after a change, group by group.
private struct RecalibrationEffects {
  let scored: ScoredCases
  let changed: [Double]
  let patients: ArraySlice<UInt32>
  let threshold: Double?
  let confidence: Double

  func everywhere(
    _ dimensions: [Dimension], _ ordered: OrderedCases, _ isAssessable: (Subgroup, Int, Int) -> Bool
  ) -> [RecalibrationAdvice.Effect] {
    func effect(_ group: Subgroup, _ places: [Int]) -> RecalibrationAdvice.Effect? {
      guard !places.isEmpty else { return nil }
      let positives = places.count { isPositive($0) }
      return RecalibrationAdvice.Effect(
        group: group, cases: places.count, positives: positives,
        isAssessable: isAssessable(group, positives, places.count - positives),
        before: calibrated(places) { before($0) }, after: calibrated(places) { changed[$0] },
        change: change(places))
    }
    let start = ordered.everyone.scored.lowerBound
    return [effect(.everyone, Array(0..<scored.count))].compactMap { $0 }
      + dimensions.filter { $0.attributes.count == 1 }.flatMap { dimension in
        let codes = ordered.inOrder(dimension.codes)
        var places = [[Int]](repeating: [], count: dimension.cellCount)
        for place in 0..<scored.count { places[Int(codes[start + place])].append(place) }
        return zip(dimension.groups, dimension.cells).compactMap { group, cells in
          effect(group, cells.count == 1 ? places[cells[0]] : cells.flatMap { places[$0] }.sorted())
        }
      }
  }

  private func isPositive(_ place: Int) -> Bool { scored.bits[scored.bits.startIndex + place] & 1 == 1 }
  private func before(_ place: Int) -> Double {
    scored.probabilities[scored.probabilities.startIndex + place]
  }
  private func squaredError(_ probability: Double, _ place: Int) -> Double {
    let error = (isPositive(place) ? 1 : 0) - probability
    return error * error
  }

  private func calibrated(
    _ places: [Int], _ probability: (Int) -> Double
  ) -> RecalibrationAdvice.Calibrated {
    var (weight, error, expected) = (0.0, 0.0, 0.0)
    var (classes, flagged) = (SIMD2<Double>(), SIMD2<Double>())
    for place in places {
      let p = probability(place)
      let own = scored.weight(place)
      let truth = isPositive(place) ? 1 : 0
      weight += own
      error += own * squaredError(p, place)
      expected += own * p
      classes[truth] += own
      if let threshold, p >= threshold { flagged[truth] += own }
    }
    func share(_ truth: Int) -> Double? {
      threshold != nil && classes[truth] > 0 ? flagged[truth] / classes[truth] : nil
    }
    return RecalibrationAdvice.Calibrated(
      brier: error / weight, ratio: classes[1] / expected, sensitivity: share(1), falsePositiveRate: share(0))
  }

  /// Of squared errors, paired, by patient where patients are named.
  private func change(_ places: [Int]) -> Estimate {
    let weight = places.reduce(0) { $0 + scored.weight($1) }
    func difference(_ place: Int) -> Double {
      squaredError(changed[place], place) - squaredError(before(place), place)
    }
    let value = places.reduce(0) { $0 + scored.weight($1) * difference($1) } / weight
    func influence(_ index: Int) -> Double {
      scored.weight(places[index]) * (difference(places[index]) - value) / weight
    }
    let sums =
      patients.isEmpty
      ? places.indices.map(influence)
      : PatientSums(by: ArraySlice(places.map { patients[patients.startIndex + $0] })).sums(influence)
    let count = Double(sums.count)
    let variance = count > 1 ? count / (count - 1) * sums.reduce(0) { $0 + $1 * $1 } : 0
    let interval = Measurement.wald(
      value, .identity, variance: variance, reference: .student(max(1, count - 1)))?((1 - confidence) / 2)
    return Estimate(
      value: value, interval: interval,
      method: interval == nil ? "none" : patients.isEmpty ? "wald" : "wald, by patient",
      caveat: interval == nil ? "no variation to make an interval of" : nil)
  }
}
