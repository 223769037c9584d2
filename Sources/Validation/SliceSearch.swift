internal import Statistics

/// Where a model does worst, by search: slices are found in one half of the patients and asked of the other, which had no
/// part in finding them. Exploratory, whatever the other half says.
public struct SliceSearch: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let metric: String
  /// Cases of the half that was searched, and of the other.
  public let discoveryCases: Int
  public let confirmationCases: Int
  /// Slices that were large enough to be looked at.
  public let searched: Int
  /// Worst first.
  public let slices: [Slice]

  public struct Slice: Hashable, Sendable {
    public let subgroup: Subgroup
    /// The slice minus all other cases, in the half that found it: too large, having been chosen.
    public let discovered: Double
    /// The same in the other half.
    public let confirmed: Row.Result
    public let positives: Int
    public let negatives: Int
    /// Two-sided, of no difference in the other half; nil with too few events to test.
    public let p: Double?
    /// Holm over the slices that were kept.
    public let pAdjusted: Double?
  }
}

extension SliceSearch.Slice {
  /// As far from 0 and to the same side in the other half.
  public func isConfirmed(alpha: Double) -> Bool {
    guard let pAdjusted, pAdjusted <= alpha, case .estimated(let estimate) = confirmed else { return false }
    return (estimate.value < 0) == (discovered < 0)
  }
}

extension ModelPass {
  func slices(_ workers: Workers) -> [SliceSearch] {
    guard let search = plan.slices, let metric = Metric.named(search.metric) else { return [] }
    let (discovery, confirmation) = halves(of: cohort)
    let found = worst(of: metric, search, in: discovery, workers)
    let confirmed = found.kept.map { candidate in
      measuring([metric], in: confirmation).line(of: candidate.row.key.subgroup, workers)
    }
    // A slice that cannot be tested stays in the family.
    let adjusted = FamilyWise.holm(confirmed.map { $0?.row.test?.p ?? 1 })
    return [
      SliceSearch(
        model: model.name, finding: finding, metric: metric.id, discoveryCases: discovery.count,
        confirmationCases: confirmation.count, searched: found.searched,
        slices: found.kept.indices.map { index in
          let row = confirmed[index]?.row
          return SliceSearch.Slice(
            subgroup: found.kept[index].row.key.subgroup,
            discovered: found.kept[index].row.estimate?.value ?? 0,
            confirmed: row?.result ?? .undefined(.noCases), positives: row?.support.positives ?? 0,
            negatives: row?.support.negatives ?? 0, p: row?.test?.p,
            pAdjusted: row?.test == nil ? nil : adjusted[index])
        })
    ]
  }

  /// By patient where they are named, by a coin that depends on the plan's seed and the patient alone.
  private func halves(of cohort: Cohort) -> (Cohort, Cohort) {
    var sides: [[Int]] = [[], []]
    for index in 0..<cohort.count {
      var coin = RandomStream(plan.seed, 0x51, UInt64(cohort.patients?[index] ?? UInt32(index)))
      sides[coin.bernoulli(0.5) ? 0 : 1].append(index)
    }
    return (cohort.only(sides[0]), cohort.only(sides[1]))
  }

  private func worst(
    of metric: Metric, _ search: SlicePlan, in half: Cohort, _ workers: Workers
  ) -> (searched: Int, kept: [Evaluation.Line]) {
    let pass = measuring([metric], in: half)
    var found: [(line: Evaluation.Line, deviate: Double)] = []
    for names in combinations(search) {
      for line in pass.lines(by: names, workers) {
        guard line.row.isAssessable, let estimate = line.row.estimate, let interval = estimate.interval
        else { continue }
        let deviate = estimate.value / max(1e-9, interval.upper - interval.lower)
        found.append((line, metric.direction == .lowerIsBetter ? -deviate : deviate))
      }
    }
    // Worst first; of equals the one of fewer attributes, which was found first.
    let order = found.indices.sorted { (found[$0].deviate, $0) < (found[$1].deviate, $1) }
    var kept: [Evaluation.Line] = []
    for index in order where kept.count < search.keep && found[index].deviate < 0 {
      let terms = Set(found[index].line.row.key.subgroup.terms)
      // Part of another, or the whole of it, says the same again.
      let isNew = kept.allSatisfy {
        let others = Set($0.row.key.subgroup.terms)
        return !terms.isSubset(of: others) && !terms.isSuperset(of: others)
      }
      if isNew { kept.append(found[index].line) }
    }
    return (found.count, kept)
  }

  /// Of one attribute, then of two, in the plan's order.
  private func combinations(_ search: SlicePlan) -> [[String]] {
    let names = cohort.attributes.filter {
      $0.combinations == nil && search.attributes?.contains($0.name) ?? true
    }.map(\.name)
    var all = names.indices.map { [$0] }
    var last = all
    for _ in 1..<max(1, search.depth) {
      last = last.flatMap { chosen in
        names.indices.filter { $0 > (chosen.last ?? -1) }.map { chosen + [$0] }
      }
      all += last
    }
    return all.map { $0.map { names[$0] } }
  }

  /// Each group of a dimension against all others.
  private func lines(by names: [String], only group: Subgroup? = nil, _ workers: Workers) -> [Evaluation.Line]
  {
    guard let dimension = try? Dimension(names, in: cohort) else { return [] }
    let ordered = OrderedCases(
      cohort, model, operatingPoints: definition.decisionNames.count, rule: plan.outputRule,
      scoreOrder: OrderedCases.scoreOrder(of: model))
    let evidence = self.evidence(ofEveryGroupIn: dimension, ordered, workers)
    return gaps(in: dimension, evidence, ordered, everyGroup: true, only: group, workers).flatMap(\.lines)
  }

  private func line(of group: Subgroup, _ workers: Workers) -> Evaluation.Line? {
    lines(by: group.attributes, only: group, workers).first
  }
}

extension Cohort {
  /// The cases at these places, ascending.
  func only(_ places: [Int]) -> Cohort {
    func cut<Element>(_ all: [Element]) -> [Element] { all.isEmpty ? [] : places.map { all[$0] } }
    return Cohort(
      isPositive: cut(isPositive), patients: patients.map(cut), patientCount: patientCount,
      weights: weights.map(cut),
      models: models.map {
        ModelOutputs(
          name: $0.name, count: places.count, scores: $0.scores.map(cut), failed: cut($0.failed),
          flagged: cut($0.flagged))
      },
      attributes: attributes.map {
        Attribute(name: $0.name, levels: $0.levels, codes: cut($0.codes), combinations: $0.combinations)
      }, flow: Flow(read: places.count, analysed: places.count))
  }
}
