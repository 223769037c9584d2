internal import Statistics
public import Validation

/// `study.json`: everything a study says, in the form that programs read. Schema `equipoise.study/1`.
///
/// Its size does not grow with the cases; the same study gives the same bytes.
public enum StudyFile {
  public static func text(of study: Study, provenance: Provenance) -> String {
    var writer = JSONWriter(linedDepth: 2)
    writer.object { writer in
      writer.member("brier_parts") { $0.array(study.brierParts) { $1.write(to: &$0) } }
      writer.member("cohort", study.writeCohort)
      writer.member("curves") { $0.array(study.curves) { $1.write(to: &$0) } }
      writer.member("distributions") { study.writeDistributions(to: &$0) }
      writer.member("fairness") { $0.array(study.fairness) { $1.write(to: &$0) } }
      writer.member("generalisability") { $0.array(study.generalisability) { $1.write(to: &$0) } }
      writer.member("heterogeneity") { $0.array(study.heterogeneity) { $1.write(to: &$0) } }
      writer.member("inputs") { $0.array(provenance.inputs) { $1.write(to: &$0) } }
      writer.member("judgements") { $0.array(study.judgements) { $1.write(to: &$0) } }
      writer.member("listings", [String]())
      writer.member("plan") { writer in
        let canonical = CanonicalPlan(study.plan)
        writer.object {
          $0.member("mapping", provenance.mappingHash)
          $0.member("mapping_text") { $0.raw(canonical.mappingText) }
          $0.member("open_questions", provenance.openQuestions)
          $0.member("protocol", provenance.protocolHash)
          $0.member("protocol_text") { $0.raw(canonical.protocolText) }
        }
      }
      writer.member("recalibration") { $0.array(study.recalibration) { $1.write(to: &$0) } }
      study.onRequest.writeResampled(to: &writer)
      writer.member("robustness", study.robustness.write)
      writer.member("rows") { $0.array(study.rows) { $1.write(to: &$0) } }
      writer.member("schema", "equipoise.study/1")
      study.onRequest.writeSearched(to: &writer)
      writer.member("tool") {
        $0.object {
          $0.member("name", "equipoise")
          $0.member("version", provenance.toolVersion)
        }
      }
      writer.member("verdict", study.verdict.rawValue)
    }
    writer.endLine()
    return writer.text
  }
}

extension Provenance.Input {
  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("bytes", bytes)
      $0.member("path", path)
      $0.member("rows", rows)
      $0.member("sha256", sha256)
    }
  }
}

extension Row {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("assessable", isAssessable)
      writer.member("at") { writer in
        writer.object {
          if !key.setting.adjustedFor.isEmpty { $0.member("adjusted_for", key.setting.adjustedFor) }
          if let name = key.setting.operatingPoint { $0.member("operating_point", name) }
          if let prevalence = key.setting.prevalence { $0.member("prevalence", prevalence) }
          if let sensitivity = key.setting.sensitivity { $0.member("sensitivity", sensitivity) }
          if let specificity = key.setting.specificity { $0.member("specificity", specificity) }
          if !key.setting.standardisedOver.isEmpty {
            $0.member("standardised_over", key.setting.standardisedOver)
          }
          if let threshold = key.setting.threshold { $0.member("threshold", threshold) }
          if let verification = key.setting.verification { $0.member("verification", verification.rawValue) }
        }
      }
      writer.member("denominator", support.denominator)
      writer.member("design_effect", estimate?.designEffect)
      writer.member("family", test?.family)
      writer.member("finding", key.finding)
      writer.member("level", estimate?.interval?.level)
      writer.member("lower", lower)
      writer.member("method", estimate?.method)
      writer.member("metric", key.metric)
      writer.member("model", key.model)
      writer.member("model_minus", String?.none)
      writer.member("n", support.cases)
      writer.member("negatives", support.negatives)
      writer.member("numerator", support.numerator)
      writer.member("outputs", key.outputs.label)
      writer.member("p", test?.p)
      writer.member("p_adjusted", test?.pAdjusted)
      writer.member("patients", support.patients)
      writer.member("positives", support.positives)
      writer.member("prespecified", isPrespecified)
      writer.member("reason", reason)
      writer.member("status", status)
      writer.member("subgroup", key.subgroup.write)
      writer.member("subgroup_minus", key.subgroupMinus.write)
      writer.member("upper", upper)
      writer.member("value", estimate?.value)
    }
  }
}

extension Comparator? {
  func write(to writer: inout JSONWriter) {
    switch self {
    case nil: writer.null()
    case .complement: writer.value("complement")
    case .group(let subgroup): subgroup.write(to: &writer)
    }
  }
}

extension Judgement {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("bound", bound?.ifFinite)
      writer.member("bound_adjusted", adjustedBound?.ifFinite)
      writer.member("criterion", criterion)
      writer.member("finding", finding)
      writer.member("goal", goal)
      writer.member("model", model)
      writer.member("p", p)
      writer.member("p_adjusted", pAdjusted)
      writer.member("sentence", sentence)
      writer.member("subgroup") { writer in
        if let subgroup { subgroup.write(to: &writer) } else { writer.null() }
      }
      writer.member("subgroup_minus", subgroupMinus.write)
      writer.member("value", value)
      writer.member("verdict", verdict.rawValue)
    }
  }
}
