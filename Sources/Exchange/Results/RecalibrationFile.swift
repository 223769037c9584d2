internal import Statistics
internal import Validation

extension RecalibrationAdvice {
  func write(to writer: inout JSONWriter) {
    let advice = try? advice.get()
    writer.object { writer in
      writer.member("advice", advice?.update.id)
      writer.member("effects") { writer in
        writer.array((try? advice?.effects.get()) ?? []) { $1.write(to: &$0) }
      }
      writer.member("effects_reason", advice?.effects.reason)
      writer.member("finding", finding)
      writer.member("folds", RecalibrationAdvice.folds)
      writer.member("level", advice?.level)
      writer.member("model", model)
      writer.member("reason", self.advice.reason)
      writer.member("steps") { writer in
        writer.array(advice?.steps ?? []) { writer, step in
          writer.object {
            $0.member("degrees_of_freedom", step.degreesOfFreedom)
            $0.member("p", step.p)
            $0.member("statistic", step.statistic)
            $0.member("update", step.update.id)
          }
        }
      }
    }
  }
}

extension RecalibrationTest.Update {
  fileprivate var id: String {
    switch self {
    case .none: "none"
    case .intercept: "intercept"
    case .slope: "slope"
    case .flexible: "flexible"
    }
  }
}

extension RecalibrationAdvice.Effect {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("after", after.write)
      $0.member("assessable", isAssessable)
      $0.member("before", before.write)
      $0.member("brier_change", change.write)
      $0.member("n", cases)
      $0.member("positives", positives)
      $0.member("reading", reading.rawValue)
      $0.member("subgroup", group.write)
    }
  }
}

extension RecalibrationAdvice.Calibrated {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("brier", brier)
      $0.member("false_positive_rate", falsePositiveRate)
      $0.member("observed_expected", ratio.ifFinite)
      $0.member("sensitivity", sensitivity)
    }
  }
}
