internal import Statistics
internal import Validation

/// Sensitivity and specificity of sites in one model, beside the synthesis of each alone.
struct JointSitesTable {
  let attribute: String
  let suffix: String
  let level: String
  let parts: [(metric: Metric, joint: JointSites)]

  /// Nil where none was made.
  init?(_ results: [Generalisability], attribute: String, suffix: String, level: String) {
    parts = results.compactMap { result in
      guard let joint = try? result.joint?.get(), let metric = Metric.named(result.metric) else { return nil }
      return (metric, joint)
    }
    guard !parts.isEmpty else { return nil }
    self.attribute = attribute
    self.suffix = suffix
    self.level = level
  }

  var blocks: [Block] { [.table(table)] + (reading.map { [.paragraph($0)] } ?? []) }

  private var table: Table {
    Table(
      "Sensitivity and specificity over \(attribute)s in one model\(suffix)", standing: .exploratory,
      columns: [
        .text("Measure"), .number("k"), .number("Mean"), .number("τ, logit"),
        .number("\(level) prediction interval"),
      ],
      lines: parts.map { metric, joint in
        let tau = NumberStyle.number(decimals: 2)
        return Table.Line(
          metric.name,
          [
            .count(joint.sites), Cell(metric.style.text(joint.mean), numbers: .one(joint.mean, metric.style)),
            Cell(tau.text(joint.tau), numbers: .one(joint.tau, tau)),
            Cell(
              metric.style.text(joint.prediction), numbers: .limits(joint.prediction, .style(metric.style))),
          ])
      },
      notes: [
        "Counts of each \(attribute) are binomial, the logits of sensitivity and specificity bivariate normal over \(attribute)s (Chu, Cole 2006), by maximum likelihood; a \(attribute) without misses needs no half added. For the mean’s interval see the table above."
      ])
  }

  private var reading: String? {
    guard let correlation = parts.first?.joint.correlation else { return nil }
    guard case .success(let interval) = correlation.interval, let value = correlation.value else {
      return
        "Whether sensitivity and specificity move together over \(attribute)s cannot be said: chance explains how far \(attribute)s differ in one of them."
    }
    let style = NumberStyle.number(decimals: 2)
    let numbers =
      "Over \(attribute)s the logits of sensitivity and specificity have a correlation of \(style.text(value)) (\(style.text(interval)), \(level) interval)"
    return switch correlation.reading {
    case .threshold:
      numbers
        + ": where one is higher the other is lower, as if \(attribute)s had different thresholds."
    case .quality:
      numbers
        + ": where one is higher so is the other, so that \(attribute)s differ in how well the model works."
    case .notShown:
      numbers + "; whether \(attribute)s differ by threshold or by how well the model works was not shown."
    }
  }
}
