public import Validation

/// A simulated cohort as files: `cases.csv`, as a hospital would export it, and `truth.json`, what was planted in it.
public enum SimulatedCohortFile {
  /// The token in the score column where the model gave no output.
  static let failed = "FAILED"

  public static func cases(of cohort: SimulatedCohort) -> String {
    let caseDigits = String(cohort.cases.count).count
    let patientDigits = String(cohort.spec.patients).count
    var writer = CSVWriter()
    for name in ["case_id", "patient_id", "study_date"] { writer.field(name) }
    for attribute in cohort.spec.attributes { writer.field(attribute.name) }
    for name in ["label", "score"] { writer.field(name) }
    writer.endLine()
    for (index, one) in cohort.cases.enumerated() {
      writer.field("C" + padded(index + 1, caseDigits))
      writer.field("P" + padded(one.patient + 1, patientDigits))
      writer.field("\(month(one.month))-\(padded(one.day, 2))")
      for value in one.attributes { writer.field(value) }
      writer.field(one.isPositive ? 1 : 0)
      if let score = one.score { writer.field(score) } else { writer.field(failed) }
      writer.endLine()
    }
    return writer.text
  }

  public static func truth(of cohort: SimulatedCohort) -> String {
    let spec = cohort.spec
    var writer = JSONWriter(linedDepth: 2)
    writer.object { writer in
      writer.member("base") { spec.base.write(to: &$0) }
      writer.member("drawn") { writer in
        writer.object {
          $0.member("cases", cohort.cases.count)
          $0.member("failed", cohort.cases.count { $0.score == nil })
          $0.member("patients", spec.patients)
          $0.member("positives", cohort.cases.count { $0.isPositive })
        }
      }
      writer.member("effects") { writer in
        writer.array(spec.effects) { writer, effect in
          writer.object { writer in
            writer.member("planted") { spec.base.changed(by: effect).write(to: &$0) }
            writer.member("when", effect.when.map(\.text))
          }
        }
      }
      writer.member("first_month", month(spec.firstMonth))
      writer.member("id", spec.id)
      writer.member("images_per_patient", spec.imagesPerPatient)
      writer.member("intraclass_correlation", spec.intraclassCorrelation)
      writer.member("months", spec.months)
      writer.member("positive_image_share", spec.positiveImageShare)
      writer.member("schema", "equipoise.truth/1")
      writer.member("seed") { $0.raw(String(spec.seed)) }
    }
    writer.endLine()
    return writer.text
  }

  private static func month(_ month: Int) -> String {
    "\(padded(month / 12, 4))-\(padded(month % 12 + 1, 2))"
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension SimulationSpec.Truth {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("auc", auc)
      $0.member("failure_rate", failureRate)
      $0.member("logit_shift", logitShift)
      $0.member("prevalence", prevalence)
      $0.member("separation", separation)
    }
  }

  /// Of the effect alone; where several match a case, the later one wins.
  fileprivate func changed(by effect: SimulatedEffect) -> SimulationSpec.Truth {
    var truth = self
    truth.prevalence = effect.prevalence ?? prevalence
    truth.separation = effect.separation ?? separation
    truth.logitShift = effect.logitShift ?? logitShift
    truth.failureRate = effect.failureRate ?? failureRate
    return truth
  }
}

extension SimulatedCondition {
  fileprivate var text: String {
    func interval(_ name: String, _ atLeast: Int?, _ below: Int?) -> String {
      [atLeast.map { "\(name) >= \($0)" }, below.map { "\(name) < \($0)" }].compactMap { $0 }
        .joined(separator: " and ")
    }
    return switch self {
    case .level(let attribute, let level): "\(attribute) = \(level)"
    case .number(let attribute, let atLeast, let below): interval(attribute, atLeast, below)
    case .month(let atLeast, let below): interval("month", atLeast, below)
    }
  }
}
