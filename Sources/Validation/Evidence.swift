internal import Statistics

/// What one sample has to say: the sums from which every metric of the catalogue follows.
///
/// A metric is a function of these, never of the cases; its influence is a combination of the columns that are summed by
/// patient. Clustered variances, gaps and paired comparisons all read the same columns.
struct Evidence: Sendable {
  let cases: Int
  let positives: Int
  let failed: Int
  let tables: [TwoByTwo]
  let isWeighted: Bool
  /// Of the cases of each class and of failed outputs.
  let weights: (positives: CaseWeight, negatives: CaseWeight, failed: CaseWeight)
  /// One for each operating point; none where the cases have no weights.
  let weightedTables: [WeightedTable]
  let discrimination: Result<DeLong, Undefined>
  let calibration: Result<Calibration, Undefined>
  let curve: CurveEvidence
  /// Nil when every case is a patient of its own.
  let clusters: Clusters?

  var negatives: Int { cases - positives }

  /// Kish's effective cases per case, of the class whose weights differ most; 1 without weights.
  var classEvenness: Double {
    [weights.positives, weights.negatives].filter { $0.count > 0 }.map(\.evenness).min() ?? 1
  }

  /// What probabilities add.
  struct Calibration: Sendable {
    let brier: BrierScore
    let error: CalibrationError
    /// Probabilities of exactly 0 or 1.
    let clipped: Int
    let intercept: Result<LogisticRecalibration, Undefined>
    let slope: Result<LogisticRecalibration, Undefined>
    /// Of independent cases.
    let slopeProfile: SlopeProfile?
    let asked: CalibrationEvidence
  }

  /// Influence, times the weight of each case, summed by patient.
  struct Clusters: Sendable {
    let patients: [UInt32]
    /// With a case whose decision and rank count: all, or without the failed ones where they are excluded.
    let counted: PatientCounts
    /// With a case that has a score.
    let scored: PatientCounts
    let columns: [Column: [Double]]

    /// Each patient's combination of columns.
    func influence(_ terms: [Term]) -> [Double] {
      var sums = [Double](repeating: 0, count: patients.count)
      for term in terms where term.weight != 0 {
        guard let values = columns[term.column] else { continue }
        for index in sums.indices { sums[index] += term.weight * values[index] }
      }
      return sums
    }

    /// How many patients have a case in any of the columns (of counts).
    func count(withAny counted: [Column]) -> Int {
      let present = counted.compactMap { columns[$0] }
      return patients.indices.count { index in present.contains { $0[index] > 0 } }
    }
  }

  /// Distinct patients: in all, and with a case of each class.
  struct PatientCounts: Sendable {
    let all: Int
    let positives: Int
    let negatives: Int

    /// Over the cases that are included, by their place in the sample.
    init(_ sums: PatientSums, _ bits: ArraySlice<UInt16>, including isIncluded: (UInt16) -> Bool) {
      let base = bits.startIndex
      let positives = sums.sums { isIncluded(bits[base + $0]) && bits[base + $0] & 1 == 1 ? 1 : 0 }
      let negatives = sums.sums { isIncluded(bits[base + $0]) && bits[base + $0] & 1 == 0 ? 1 : 0 }
      self.positives = positives.count { $0 > 0 }
      self.negatives = negatives.count { $0 > 0 }
      all = zip(positives, negatives).count { $0 + $1 > 0 }
    }

    var smallerClass: Int { min(positives, negatives) }
    /// Student's t on patients − 1, of the class with fewer patients.
    var reference: ReferenceDistribution { .student(Double(max(1, smallerClass - 1))) }
  }

  enum Column: Hashable, Sendable {
    // Weights of cases; without weights their number.
    case positives, negatives, failed
    case cell(Cell, operatingPoint: Int)
    // Influence on an estimate, of mean zero.
    case aucPositives, aucNegatives, partialPositives, partialNegatives, precision
    case flagged(CurveReading.Fixed, isPositive: Bool)
    case benefit(threshold: Double, isPositive: Bool)
    case brier, ratio, logScaledBrier, intercept, slope
  }

  struct Term: Sendable {
    let column: Column
    let weight: Double
  }

  enum Cell: Int, CaseIterable, Sendable { case truePositive, falsePositive, falseNegative, trueNegative }

  init(_ sample: Sample, isProbability: Bool, asking questions: CurveQuestions = CurveQuestions()) {
    cases = sample.count
    positives = sample.positives
    failed = sample.failed
    tables = (0..<sample.operatingPoints).map(sample.twoByTwo)
    isWeighted = sample.isWeighted
    if isWeighted {
      // Failed ones by class too, so that rounding never makes a part more than its whole.
      let failed = Sample.failedBit
      weights = (
        sample.weight { $0 & 1 == 1 }, sample.weight { $0 & 1 == 0 },
        sample.weight { $0 & (failed | 1) == failed | 1 } + sample.weight { $0 & (failed | 1) == failed }
      )
      weightedTables = (0..<sample.operatingPoints).map(sample.weightedTable)
    } else {
      weights = (
        CaseWeight(count: positives), CaseWeight(count: cases - positives), CaseWeight(count: failed)
      )
      weightedTables = []
    }
    let ranked = sample.ranked
    let discrimination = Result { () throws(Undefined) in try DeLong(ranked) }
    self.discrimination = discrimination
    var curve = CurveEvidence(of: ranked, asking: questions)
    let scored = ScoredCases(of: sample)
    guard sample.isClustered else {
      calibration =
        Evidence.calibration(
          of: scored, isProbability: isProbability, clusteredError: nil,
          asked: CalibrationEvidence(
            of: scored, asking: questions.calibration, dependence: .init(of: sample, patients: nil))
        ).result
      curve.dropInfluence()
      self.curve = curve
      clusters = nil
      return
    }
    let sums = PatientSums(by: sample.patients)
    let scoredStart = sample.scored.lowerBound
    let calibration = Evidence.calibration(
      of: scored, isProbability: isProbability,
      clusteredError: {
        Evidence.squaredResiduals(of: scored, patients: sample.patients.dropFirst(scoredStart))
      },
      asked: CalibrationEvidence(
        of: scored, asking: questions.calibration, dependence: .init(of: sample, patients: sums)))
    self.calibration = calibration.result
    var columns = Evidence.countColumns(of: sample, sums)
    if case .success(let deLong) = discrimination {
      let influence = deLong.influence(in: ranked)
      let start = sample.excludesFailed ? scoredStart : 0
      let bits = sample.bits
      for (column, truth) in [(Column.aucPositives, UInt16(1)), (.aucNegatives, 0)] {
        columns[column] = sums.sums { index in
          influence.indices.contains(index - start) && bits[bits.startIndex + index] & 1 == truth
            ? influence[index - start] : 0
        }
      }
    }
    let rankedStart = sample.excludesFailed ? scoredStart : 0
    columns.merge(curve.columns(of: ranked, from: rankedStart, sums)) { first, _ in first }
    curve.dropInfluence()
    self.curve = curve
    for (column, influence) in calibration.influences {
      columns[column] = sums.sums { index in
        influence.indices.contains(index - scoredStart) ? influence[index - scoredStart] : 0
      }
    }
    let skipped = sample.excludesFailed ? Sample.failedBit : 0
    clusters = Clusters(
      patients: sums.patients, counted: PatientCounts(sums, sample.bits) { $0 & skipped == 0 },
      scored: PatientCounts(sums, sample.bits) { $0 & Sample.failedBit == 0 }, columns: columns)
  }

  private static func countColumns(of sample: Sample, _ sums: PatientSums) -> [Column: [Double]] {
    let bits = sample.bits
    let base = bits.startIndex
    let weights = sample.weights
    var columns: [Column: [Double]] = [
      .positives: sums.sums(weightedBy: weights) { Double(bits[base + $0] & 1) },
      .negatives: sums.sums(weightedBy: weights) { Double(~bits[base + $0] & 1) },
      .failed: sums.sums(weightedBy: weights) { bits[base + $0] & Sample.failedBit == 0 ? 0 : 1 },
    ]
    let skipped = sample.excludesFailed ? Sample.failedBit : 0
    for point in 0..<sample.operatingPoints {
      for cell in Cell.allCases {
        let truth: UInt16 = cell == .truePositive || cell == .falseNegative ? 1 : 0
        let flagged: UInt16 = cell == .truePositive || cell == .falsePositive ? 2 : 0
        columns[.cell(cell, operatingPoint: point)] = sums.sums(weightedBy: weights) {
          let bit = bits[base + $0]
          return bit & skipped == 0 && (bit & 1) | ((bit >> UInt16(point)) & 2) == truth | flagged ? 1 : 0
        }
      }
    }
    return columns
  }

  /// For each bin of the calibration error, Σ over patients of (Σ w (y − p))². Scores ascend, so a bin is a slice.
  private static func squaredResiduals(of scored: ScoredCases, patients: ArraySlice<UInt32>) -> [Double] {
    var start = 0
    return (0..<CalibrationError.binCount).map { bin in
      var end = start
      let probabilities = scored.probabilities
      while end < scored.count, CalibrationError.bin(of: probabilities[probabilities.startIndex + end]) == bin
      {
        end += 1
      }
      let first = start
      start = end
      let codes = patients[patients.startIndex + first..<patients.startIndex + end]
      return PatientSums(by: codes).sums { index in
        scored.weight(first + index)
          * (Double(scored.bits[scored.bits.startIndex + first + index] & 1)
            - probabilities[probabilities.startIndex + first + index])
      }.reduce(0) { $0 + $1 * $1 }
    }
  }

  private static func calibration(
    of scored: ScoredCases, isProbability: Bool, clusteredError: (() -> [Double])?,
    asked: @autoclosure () -> CalibrationEvidence
  ) -> (result: Result<Calibration, Undefined>, influences: [(Column, [Double])]) {
    guard isProbability else { return (.failure(.needsProbability), []) }
    guard scored.count > 0, let brier = try? BrierScore(scored) else { return (.failure(.noCases), []) }
    let cases = Result { () throws(Undefined) in try LogitCases(of: scored) }
    func fit(_ form: LogisticRecalibration.Form) -> Result<LogisticRecalibration, Undefined> {
      cases.flatMap { cases in
        Result { () throws(Undefined) in try LogisticRecalibration(cases, form: form) }
      }
    }
    let intercept = fit(.intercept)
    let slope = fit(.slope)
    var profile: SlopeProfile?
    if clusteredError == nil, scored.weights.isEmpty, let cases = try? cases.get(),
      let slope = try? slope.get()
    {
      profile = SlopeProfile(cases, around: slope)
    }
    let result = Calibration(
      brier: brier, error: CalibrationError(scored, clusteredVariance: clusteredError?()),
      clipped: (try? cases.get().clipped) ?? 0, intercept: intercept, slope: slope, slopeProfile: profile,
      asked: asked())
    guard clusteredError != nil else { return (.success(result), []) }
    let parts = brier.influences(in: scored)
    var influences: [(Column, [Double])] = [
      (.brier, parts.brier), (.ratio, parts.ratio), (.logScaledBrier, parts.logScaled),
    ]
    if let logits = try? cases.get() {
      if let intercept = try? intercept.get() {
        influences.append((.intercept, intercept.influence(in: logits)))
      }
      if let slope = try? slope.get() { influences.append((.slope, slope.influence(in: logits))) }
    }
    return (.success(result), influences)
  }
}
