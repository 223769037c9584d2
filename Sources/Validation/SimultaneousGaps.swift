internal import Statistics

/// The gaps of one metric over all compared groups of a model, with intervals that hold all together.
public struct SimultaneousGaps: Hashable, Sendable {
  public let model: String
  public let finding: String?
  public let metric: String
  /// How many standard errors the intervals reach to either side.
  public let criticalValue: Double
  /// Assessable ones, in the order of the rows.
  public let gaps: [Gap]

  public struct Gap: Hashable, Sendable {
    public let subgroup: Subgroup
    public let minus: Comparator
    /// At the level that all hold together.
    public let estimate: Estimate
  }

  static func family(of metric: String) -> String {
    "gaps in \(metric == "auc" ? "AUC" : metric) over all groups, by model (max-T)"
  }
}

/// How the gaps of one metric move together: what patients do to each of them.
struct JointGaps: Sendable {
  let model: String
  let finding: String?
  let metric: String
  private(set) var keys: [Row.Key] = []
  /// Of each gap, the influence of patients summed over blocks of them.
  private var blocks: [[Double]] = []

  /// As many patients are told apart; of more, those with the same remainder move together, which leaves correlations
  /// unbiased and their error below 0.008.
  static let blockCount = 1 << 14

  init(model: String, finding: String?, metric: String) {
    self.model = model
    self.finding = finding
    self.metric = metric
  }

  mutating func add(_ key: Row.Key, _ influence: [Double]) {
    keys.append(key)
    blocks.append(influence)
  }

  /// Gaps that no patient moves are taken for independent of all others.
  func correlation(using workers: Workers) -> [[Double]] {
    let blocks = blocks
    let norms = blocks.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return workers.map(blocks.count) { i in
      blocks.indices.map { j in
        if i == j { return 1 }
        guard norms[i] > 0, norms[j] > 0 else { return 0 }
        var sum = 0.0
        // The same order of factors on both sides of the diagonal.
        for place in blocks[i].indices { sum += blocks[i][place] * blocks[j][place] }
        return max(-1, min(1, sum / (norms[i] * norms[j])))
      }
    }
  }
}

extension ModelPass {
  /// What patients (cases, where none are named) do to a difference in each tested metric, by block.
  func jointInfluence(_ first: Evidence, minus second: Evidence) -> [String: [Double]] {
    var influence: [String: [Double]] = [:]
    for metric in metrics where Metric.tested.contains(metric.id) {
      guard let choices = settings(of: metric).first?.1 else { continue }
      var sums = [Double](repeating: 0, count: JointGaps.blockCount)
      for (evidence, sign) in [(first, 1.0), (second, -1)] {
        guard let measurement = try? measured(metric, evidence, choices).get(),
          let clusters = evidence.clusters
        else { continue }
        for (patient, value) in zip(clusters.patients, clusters.influence(measurement.influence)) {
          sums[Int(patient) % JointGaps.blockCount] += sign * value
        }
      }
      influence[metric.id] = sums
    }
    return influence
  }

  func jointGaps(_ compared: [Compared]) -> [JointGaps] {
    guard plan.gapFamily == .maxT else { return [] }
    return metrics.filter { Metric.tested.contains($0.id) }.map { metric in
      var joint = JointGaps(model: model.name, finding: finding, metric: metric.id)
      for one in compared {
        for line in one.lines where line.isOfFamily && line.row.key.metric == metric.id {
          if let influence = one.influence[metric.id] { joint.add(line.row.key, influence) }
        }
      }
      return joint
    }
  }
}

extension Evaluation {
  /// Each metric's gaps are a family; findings share the error between them.
  mutating func adjustTogether(_ model: String, _ plan: AnalysisPlan, using workers: Workers) {
    let places = Dictionary(lines.indices.map { (lines[$0].row.key, $0) }) { first, _ in first }
    for joint in self.joint where joint.model == model && !joint.keys.isEmpty {
      let families = Double(
        self.joint.count { $0.model == model && $0.metric == joint.metric && !$0.keys.isEmpty })
      let largest = MaxT(correlation: joint.correlation(using: workers), seed: plan.seed, using: workers)
      let tail = largest.tail(level: 1 - (1 - plan.confidence) / families)
      let gaps = joint.keys.compactMap { key -> SimultaneousGaps.Gap? in
        guard let place = places[key], let minus = key.subgroupMinus else { return nil }
        if let test = lines[place].row.test {
          lines[place].row.test = test.adjusted(
            min(1, families * largest.adjusted(test.p, of: joint.keys.count)),
            in: SimultaneousGaps.family(of: joint.metric))
        }
        guard let own = lines[place].row.estimate else { return nil }
        let interval = lines[place].limits?(tail).map {
          Interval(lower: $0.lower, upper: $0.upper, level: plan.confidence)
        }
        return SimultaneousGaps.Gap(
          subgroup: key.subgroup, minus: minus,
          estimate: Estimate(
            value: own.value, interval: interval, method: interval == nil ? "none" : own.method + ", max-t",
            caveat: own.caveat, hasFewEvents: own.hasFewEvents))
      }
      onRequest.simultaneous.append(
        SimultaneousGaps(
          model: model, finding: joint.finding, metric: joint.metric,
          criticalValue: Normal.upperQuantile(tail), gaps: gaps))
    }
  }
}
