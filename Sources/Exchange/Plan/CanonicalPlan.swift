public import Validation

/// A plan as text that depends on its content alone: comments, order and style of the YAML change nothing, defaults
/// are filled in. Its two halves are hashed apart.
public struct CanonicalPlan: Sendable {
  /// What is promised: study, device, models and operating points, attributes and levels, subgroups, analysis, criteria.
  public let protocolText: String
  /// Where it stands in the files: paths, columns and raw values.
  public let mappingText: String

  public init(_ plan: AnalysisPlan) {
    var writer = JSONWriter()
    plan.writeProtocol(to: &writer)
    protocolText = writer.text
    writer = JSONWriter()
    plan.cohort.writeMapping(to: &writer)
    mappingText = writer.text
  }
}

extension AnalysisPlan {
  fileprivate func writeProtocol(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("analysis", writeAnalysis)
      writer.member("attributes") { $0.array(cohort.attributes) { $1.writePromise(to: &$0) } }
      writer.member("criteria") { $0.array(criteria) { $1.write(to: &$0) } }
      writer.member("device") { device.write(to: &$0) }
      cohort.writeCasesPromise(to: &writer)
      if cohort.findings.count > 1 {
        writer.member("findings") { $0.array(cohort.findings) { $1.writePromise(to: &$0) } }
      } else {
        writer.member("models") { $0.array(cohort.models) { $1.writePromise(to: &$0) } }
      }
      if cohort.missingPatients != .refuse {
        writer.member("patients_missing", cohort.missingPatients.rawValue)
      }
      if let planning { writer.member("planning", planning.write) }
      if !populations.isEmpty { writer.member("populations") { $0.array(populations) { $1.write(to: &$0) } } }
      if cohort.findings.count == 1 { cohort.reference.writePromise(to: &writer) }
      writer.member("sampling", cohort.sampling.rawValue)
      writer.member("study") {
        $0.object {
          $0.member("id", id)
          $0.member("title", title)
        }
      }
      writer.member("subgroups") {
        $0.array(subgroups) { writer, names in writer.array(names) { $0.value($1) } }
      }
      cohort.writeUnitPromise(to: &writer)
      if cohort.weightColumn != nil { writer.member("weighted", true) }
    }
  }

  private func writeAnalysis(to writer: inout JSONWriter) {
    writer.object { writer in
      if readings != CurveReadings() { writer.member("at", readings.write) }
      if let bootstrap { writer.member("bootstrap", bootstrap.write) }
      writer.member("confidence", confidence)
      if gapFamily != .holm { writer.member("gap_family", gapFamily.rawValue) }
      writer.member("gaps", gaps.rawValue)
      writer.member("indeterminate", outputRule.rawValue)
      writer.member("intervals") {
        $0.object {
          $0.member("auc", aucInterval.rawValue)
          if gapInterval != .newcombe { $0.member("gap", gapInterval.rawValue) }
          $0.member("proportion", proportionInterval.rawValue)
        }
      }
      writer.member("metrics", metrics)
      writer.member("multiplicity", multiplicity.rawValue)
      if let permutations { writer.member("permutations", permutations) }
      writer.member("prevalence", prevalences)
      if advisesRecalibration { writer.member("recalibration", true) }
      writer.member("reference_groups") { writer in
        writer.object { writer in
          for (attribute, level) in referenceGroups.sorted(by: { $0.key < $1.key }) {
            writer.member(attribute, level)
          }
        }
      }
      writer.member("seed") { $0.raw(String(seed)) }
      if let slices { writer.member("slices", slices.write) }
      writer.member("smallest_subgroup") {
        $0.object {
          $0.member("negatives", smallestSubgroup.negatives)
          $0.member("positives", smallestSubgroup.positives)
        }
      }
      if let verification { writer.member("verification", verification.rawValue) }
    }
  }
}

extension CurveReadings {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("partial_auc", [partialArea.lowerBound, partialArea.upperBound])
      $0.member("sensitivity", sensitivities)
      $0.member("specificity", specificities)
      $0.member("threshold", thresholds)
    }
  }
}

extension Planning {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("assumed") { writer in
        writer.object { writer in
          for (metric, value) in assumed.sorted(by: { $0.key < $1.key }) { writer.member(metric, value) }
        }
      }
      writer.member("design_effect", designEffect)
      writer.member("power", power)
      writer.member("prevalence", prevalence)
    }
  }
}

extension Population {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", kind.rawValue)
      writer.member("name", name)
      writer.member("shares") { writer in
        writer.array(attributes) { writer, attribute in
          writer.object { writer in
            writer.member("attribute", attribute.attribute)
            writer.member("levels") {
              $0.array(attribute.levels) { writer, level in
                writer.object {
                  $0.member("level", level.level)
                  $0.member("share", level.share)
                }
              }
            }
          }
        }
      }
      writer.member("source", source)
    }
  }
}

extension Device? {
  fileprivate func write(to writer: inout JSONWriter) {
    guard let device = self else { return writer.null() }
    writer.object {
      $0.member("intended_use", device.intendedUse)
      $0.member("kind", device.kind)
      $0.member("manufacturer", device.manufacturer)
      $0.member("name", device.name)
      $0.member("version", device.version)
    }
  }
}

extension Criterion {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("at", operatingPoint)
      switch evidence {
      case .lowerBound(let goal): writer.member("at_least", goal)
      case .upperBound(let goal): writer.member("at_most", goal)
      case .interval: break
      }
      writer.member("finding", finding)
      writer.member("id", id)
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("scope", writeScope)
      writer.member("when_not_assessable", whenNotAssessable.rawValue)
      if case .interval(let margin) = evidence { writer.member("within", margin) }
    }
  }

  private func writeScope(to writer: inout JSONWriter) {
    switch scope {
    case .overall: writer.value("overall")
    case .gap(let attribute): writer.object { $0.member("gap_across", attribute) }
    case .group(let subgroup): subgroup.write(to: &writer)
    case .everySubgroup(let dimensions):
      guard let dimensions else { return writer.value("every_subgroup") }
      writer.object {
        $0.member("every_subgroup_of") {
          $0.array(dimensions) { writer, names in writer.array(names) { $0.value($1) } }
        }
      }
    }
  }
}

extension FindingDefinition {
  fileprivate func writePromise(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", id)
      writer.member("models") { $0.array(models) { $1.writePromise(to: &$0) } }
      reference.writePromise(to: &writer)
    }
  }
}

extension ReferenceColumn {
  /// What becomes of equivocal values, where they are not left out.
  fileprivate func writePromise(to writer: inout JSONWriter) {
    if let readers { writer.member("readers", readers.columns.count) }
    if isComparator { writer.member("reference_comparator", true) }
    if equivocalRule != .excluded { writer.member("reference_equivocal", equivocalRule.rawValue) }
  }
}

extension ModelDefinition {
  /// What of a model is promised: its name, whether it delivers decisions, and its operating points.
  fileprivate func writePromise(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("delivers_decision", decision != nil)
      writer.member("higher_means", direction.rawValue)
      writer.member("name", name)
      writer.member("operating_points") {
        $0.array(operatingPoints) { writer, point in
          writer.object {
            $0.member("name", point.name)
            $0.member("threshold", point.threshold)
          }
        }
      }
      writer.member("probability", isProbability)
      if case .ordinal(let categories) = scale { writer.member("scale", categories) }
    }
  }
}

extension AttributeDefinition {
  fileprivate func writePromise(to writer: inout JSONWriter) {
    writer.object { writer in
      if case .bands(let edges) = levels {
        writer.member("bands", edges)
      } else if let names = namedLevels {
        writer.member("levels", names)
      } else {
        writer.member("levels", "as-recorded")
      }
      if birthDate != nil { writer.member("is_age_at_case", true) }
      writer.member("name", name)
      writer.member("several_answers", severalAnswers != nil)
    }
  }
}
