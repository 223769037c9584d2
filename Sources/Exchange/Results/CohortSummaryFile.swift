internal import Statistics
internal import Validation

/// The parts of `study.json` that describe the cohort and carry the figures.
extension Study {
  /// Of several findings: the cases, with or without a reference standard, and under `findings` what became of them for each.
  func writeCohort(to writer: inout JSONWriter) {
    guard cohorts.count > 1 else { return cohorts[0].write(to: &writer) }
    writer.object { writer in
      writer.member("attributes", [String]())
      writer.member("cases", cohorts[0].flow.cases)
      writer.member("findings") { $0.array(cohorts) { $1.write(to: &$0) } }
      writer.member("flow", cohorts[0].flow.writeShared)
      writer.member("negatives") { $0.null() }
      writer.member("patients") { $0.null() }
      writer.member("positives") { $0.null() }
    }
  }
}

extension CohortSummary {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attributes") { $0.array(attributes) { $1.write(to: &$0) } }
      writer.member("cases", cases)
      if let finding { writer.member("finding", finding) }
      writer.member("flow", flow.write)
      writer.member("negatives", negatives)
      writer.member("patients", patients)
      writer.member("positives", positives)
      if let weights {
        writer.member("weights") {
          $0.object {
            $0.member("effective_cases", weights.effectiveCases)
            $0.member("largest", weights.largest)
            $0.member("smallest", weights.smallest)
            $0.member("sum", weights.sum)
          }
        }
      }
    }
  }
}

extension AttributeSummary {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("levels") { writer in
        writer.array(levels) { writer, count in
          writer.object { writer in
            switch count.level {
            case .named(let name): writer.member("level", name)
            case .unknown: writer.member("level", String?.none)
            }
            writer.member("negatives", count.negatives)
            writer.member("positives", count.positives)
          }
        }
      }
      writer.member("name", name)
      writer.member("numeric") { writer in
        guard let numeric else { return writer.null() }
        writer.object {
          $0.member("lower_quartile", numeric.lowerQuartile)
          $0.member("maximum", numeric.maximum)
          $0.member("median", numeric.median)
          $0.member("minimum", numeric.minimum)
          $0.member("upper_quartile", numeric.upperQuartile)
        }
      }
      writer.member("overlaps", overlaps)
    }
  }
}

extension Study {
  /// Scores by truth, what became of each model's outputs, and volume by month; each says its kind.
  func writeDistributions(to writer: inout JSONWriter) {
    let writers = zip(cohorts, distributions).flatMap {
      cohort, distributions -> [(inout JSONWriter) -> Void] in
      let finding = cohort.finding
      let months = distributions.months
      return distributions.scores.map { histogram in { histogram.write(to: &$0, finding) } }
        + cohort.models.map { model in { model.write(to: &$0, finding) } }
        + cohort.flow.unverified.map { outputs in { outputs.write(to: &$0, finding) } }
        + (months.isEmpty ? [] : [{ months.write(to: &$0, finding) }])
    }
    writer.array(writers) { $1(&$0) }
  }
}

extension ScoreHistogram {
  fileprivate func write(to writer: inout JSONWriter, _ finding: String?) {
    writer.object {
      $0.member("edges", edges)
      $0.member("finding", finding)
      $0.member("kind", "score")
      $0.member("model", model)
      $0.member("negatives", negatives)
      $0.member("positives", positives)
    }
  }
}

extension ModelSummary {
  fileprivate func write(to writer: inout JSONWriter, _ finding: String?) {
    writer.object {
      $0.member("disagreements", disagreements)
      $0.member("failed_negatives", failedNegatives)
      $0.member("failed_positives", failedPositives)
      $0.member("false_negatives", twoByTwo?.falseNegatives)
      $0.member("false_positives", twoByTwo?.falsePositives)
      $0.member("finding", finding)
      $0.member("kind", "outputs")
      $0.member("model", name)
      $0.member("true_negatives", twoByTwo?.trueNegatives)
      $0.member("true_positives", twoByTwo?.truePositives)
    }
  }
}

extension UnverifiedOutputs {
  fileprivate func write(to writer: inout JSONWriter, _ finding: String?) {
    writer.object {
      $0.member("failed", failed)
      $0.member("finding", finding)
      $0.member("flagged", flagged)
      $0.member("kind", "outputs_without_reference")
      $0.member("model", model)
      $0.member("unflagged", unflagged)
    }
  }
}

extension [MonthCount] {
  fileprivate func write(to writer: inout JSONWriter, _ finding: String?) {
    writer.object { writer in
      writer.member("finding", finding)
      writer.member("kind", "volume")
      writer.member("months") { writer in
        writer.array(self) { writer, month in
          writer.object {
            $0.member("cases", month.cases)
            $0.member("month", month.month)
            $0.member("positives", month.positives)
          }
        }
      }
    }
  }
}

extension Curve {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("finding", finding)
      writer.member("kind", kind.rawValue)
      writer.member("model", model)
      writer.member("points") { writer in
        writer.array(points) { writer, point in
          writer.object {
            $0.member("cases", point.cases)
            $0.member("lower", point.lower?.ifFinite)
            $0.member("operating_point", point.operatingPoint)
            $0.member("threshold", point.threshold?.ifFinite)
            if let treatAll = point.treatAll { $0.member("treat_all", treatAll) }
            $0.member("upper", point.upper?.ifFinite)
            $0.member("x", point.x)
            $0.member("y", point.y)
          }
        }
      }
      writer.member("subgroup", subgroup.write)
    }
  }
}
