internal import Statistics

/// A model's shares, corrected for cases without a reference standard: strata are what it said, flagged, not flagged or
/// nothing. Made only where the plan asks for it and such cases are there.
struct VerificationPass {
  private typealias Stratum = PartialVerification.Stratum
  private typealias Part = PartialVerification.Part

  private let pass: ModelPass
  private let correction: VerificationCorrection
  private let unverified: UnverifiedCases
  private let model: ModelOutputs
  private let rule: OutputRule
  private let outputs: Row.Outputs

  init?(_ pass: ModelPass, rule: OutputRule, outputs: Row.Outputs) {
    guard let correction = pass.plan.verification, let unverified = pass.cohort.unverified,
      let model = unverified.models.first(where: { $0.name == pass.model.name }),
      !pass.definition.decisionNames.isEmpty
    else { return nil }
    self.pass = pass
    self.correction = correction
    self.unverified = unverified
    self.model = model
    self.rule = rule
    self.outputs = outputs
  }

  /// The cells among which a corrected metric counts cells. Predictive values are what the method takes as unbiased.
  static let metrics: [(id: String, successes: Set<Evidence.Cell>, trials: Set<Evidence.Cell>)] = [
    ("sensitivity", [.truePositive], [.truePositive, .falseNegative]),
    ("specificity", [.trueNegative], [.trueNegative, .falsePositive]),
    ("false_positive_rate", [.falsePositive], [.trueNegative, .falsePositive]),
    ("false_negative_rate", [.falseNegative], [.truePositive, .falseNegative]),
    ("ppv", [.truePositive], [.truePositive, .falsePositive]),
    ("npv", [.trueNegative], [.trueNegative, .falseNegative]),
    ("accuracy", [.truePositive, .trueNegative], Set(Evidence.Cell.allCases)),
    ("prevalence", [.truePositive, .falseNegative], Set(Evidence.Cell.allCases)),
    ("flag_rate", [.truePositive, .falsePositive], Set(Evidence.Cell.allCases)),
  ]

  // MARK: Groups

  func lines(of group: Subgroup, _ evidence: Evidence) -> [Evaluation.Line] {
    lines(of: group, evidence, Array(0..<pass.cohort.count), Array(0..<unverified.count))
  }

  func lines(in dimension: Dimension, _ evidence: [Evidence]) -> [Evaluation.Line] {
    let others = dimension.cells(of: unverified)
    return zip(dimension.groups.indices, evidence).flatMap { index, evidence in
      let cells = Set(dimension.cells[index].map { UInt16($0) })
      return lines(
        of: dimension.groups[index], evidence,
        dimension.codes.indices.filter { cells.contains(dimension.codes[$0]) },
        others.indices.filter { cells.contains(others[$0]) })
    }
  }

  private func lines(
    of group: Subgroup, _ evidence: Evidence, _ verifiedCases: [Int], _ unverifiedCases: [Int]
  ) -> [Evaluation.Line] {
    pass.definition.decisionNames.indices.flatMap { point -> [Evaluation.Line] in
      let units = units(verifiedCases, unverifiedCases, at: point)
      return Self.metrics.compactMap { id, successes, trials in
        guard !(pass.plan.cohort.hasComparator && Metric.ofTruth.contains(id)),
          let metric = Metric.named(id), pass.metrics.contains(where: { $0.id == id })
        else { return nil }
        var setting =
          point == 0 ? Setting.headline : Setting(operatingPoint: pass.definition.decisionNames[point])
        // A prevalence knows no operating point.
        guard metric.needs == .decision || point == 0 else { return nil }
        setting.verification = correction
        let key = Row.Key(
          model: pass.model.name, finding: pass.finding, subgroup: group, metric: id, setting: setting,
          outputs: outputs)
        let measured = Result { () throws(Undefined) in
          try measurement(units, successes: successes, trials: trials, evidence)
        }
        return pass.line(key, measured, evidence, isAssessable: pass.isAssessable(group, evidence))
      }
    }
  }

  // MARK: Cases

  /// Cases, or patients with several: their strata together and one by one.
  private struct Units {
    var total = [Stratum](repeating: Stratum(), count: 3)
    /// Empty for independent cases without weights.
    var patients: [[Stratum]] = []
    /// With a verified case of a class.
    var positives = 0
    var negatives = 0
  }

  private func units(_ verified: [Int], _ others: [Int], at point: Int) -> Units {
    var units = Units()
    var places: [UInt32: Int] = [:]
    let isGrouped = pass.cohort.patients != nil || pass.cohort.weights != nil
    func add(_ index: Int, _ patient: UInt32?, _ weight: Double, in stratum: Int, _ truth: UInt8?) {
      let field: WritableKeyPath<Stratum, Double> =
        switch truth {
        case nil: \.unverified
        case 0: \.negatives
        default: \.positives
        }
      units.total[stratum][keyPath: field] += weight
      guard isGrouped else { return }
      var place = units.patients.count
      if let patient {
        place = places[patient] ?? place
        places[patient] = place
      }
      if place == units.patients.count { units.patients.append([Stratum](repeating: Stratum(), count: 3)) }
      units.patients[place][stratum][keyPath: field] += weight
    }
    for index in verified {
      add(
        index, pass.cohort.patients?[index], pass.cohort.weights?[index] ?? 1,
        in: stratum(of: index, pass.model, at: point), pass.cohort.isPositive[index])
    }
    for index in others {
      add(
        index, unverified.patients?[index], unverified.weights?[index] ?? 1,
        in: stratum(of: index, model, at: point), nil)
    }
    units.positives = units.patients.count { $0.contains { $0.positives > 0 } }
    units.negatives = units.patients.count { $0.contains { $0.negatives > 0 } }
    return units
  }

  /// 0: not flagged, 1: flagged, 2: no output.
  private func stratum(of index: Int, _ model: ModelOutputs, at point: Int) -> Int {
    if !model.failed.isEmpty, model.failed[index] == 1 { return 2 }
    return Int((model.flagged[index] >> UInt16(point)) & 1)
  }

  /// How many positives and negatives of each stratum a set of cells holds.
  private func parts(_ cells: Set<Evidence.Cell>) -> [Part] {
    func part(_ ofPositives: Evidence.Cell, _ ofNegatives: Evidence.Cell) -> Part {
      [cells.contains(ofPositives) ? 1 : 0, cells.contains(ofNegatives) ? 1 : 0]
    }
    let unflagged = part(.falseNegative, .trueNegative)
    let flagged = part(.truePositive, .falsePositive)
    let failed =
      switch rule {
      case .worstCase: part(.falseNegative, .falsePositive)
      case .asPositive: flagged
      case .asNegative: unflagged
      case .excluded: Part.zero
      }
    return [unflagged, flagged, failed]
  }

  // MARK: Estimates

  private func measurement(
    _ units: Units, successes: Set<Evidence.Cell>, trials: Set<Evidence.Cell>, _ evidence: Evidence
  ) throws(Undefined) -> Measurement {
    var strata = units.total
    if rule == .excluded { strata[2] = Stratum() }
    let table = try PartialVerification(strata)
    let (successes, trials) = (parts(successes), parts(trials))
    let share = try table.share(successes, of: trials)
    let support = evidence.support()
    guard !units.patients.isEmpty else {
      let variance = share.variance(of: strata)
      let wald = Measurement.wald(share.value, .logit, variance: variance, reference: .normal)
      return Measurement(
        value: share.value, limits: wald ?? { table.widest(successes, of: trials, tail: $0) },
        method: wald == nil ? "begg-greenes, every stratum at wilson's limit" : "begg-greenes (logit)",
        variance: variance, support: support, isSparse: isSparse(share, variance))
    }
    let patients = units.patients.count
    guard patients > 1 else { throw .tooFewPatients(found: patients) }
    let variance =
      units.patients.reduce(0) { sum, own in
        let φ = share.influence(of: own)
        return sum + φ * φ
      } * Double(patients) / Double(patients - 1)
    let degrees = Double(max(1, min(units.positives, units.negatives) - 1))
    let limits = Measurement.wald(share.value, .logit, variance: variance, reference: .student(degrees))
    return Measurement(
      value: share.value, limits: limits,
      method: limits == nil ? "none" : "begg-greenes (logit), by patient", variance: variance,
      support: support, caveat: limits == nil ? "no interval at the edge of the range" : nil,
      isSparse: limits != nil && isSparse(share, variance))
  }

  /// As few effective events as make other intervals unsure.
  private func isSparse(_ share: PartialVerification.Share, _ variance: Double) -> Bool {
    guard variance > 0 else { return true }
    let p = share.value
    return min(p, 1 - p) * p * (1 - p) / variance < Measurement.fewestEvents
  }
}
