internal import Validation

/// Where a plan finds its columns and what their raw values mean, as canonical text.
extension CohortDefinition {
  func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("attributes") { $0.array(attributes) { $1.writeMapping(to: &$0) } }
      writer.member("case", caseColumn)
      writer.member("cases") { $0.array(cases) { $1.writeMapping(to: &$0) } }
      writer.member("date") { date.writeMapping(to: &$0) }
      writeExclusionMapping(to: &writer)
      if findings.count > 1 {
        writer.member("findings") { $0.array(findings) { $1.writeMapping(to: &$0) } }
      }
      if !joins.isEmpty { writer.member("joins") { $0.array(joins) { $1.writeMapping(to: &$0) } } }
      writer.member("missing", missing)
      if findings.count == 1 {
        writer.member("models") { $0.array(models) { $1.writeMapping(to: &$0) } }
      }
      writer.member("patient", patientColumn)
      if findings.count == 1 {
        writer.member("reference", reference.writeMapping)
      }
      if !spelling.isExact {
        writer.member("spelling") {
          $0.object {
            $0.member("ids", spelling.ids.map(\.rawValue).sorted())
            $0.member("values", spelling.values.map(\.rawValue).sorted())
          }
        }
      }
      writeUnitMapping(to: &writer)
      if let weightColumn { writer.member("weight", weightColumn) }
    }
  }
}

extension JoinDefinition {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("file", file.writeMapping)
      writer.member("keys") {
        $0.array(keys) { writer, key in
          writer.object {
            $0.member("here", key.here)
            $0.member("there", key.there)
          }
        }
      }
      writer.member("prefix", prefix)
      if repeated != .refuse { writer.member("repeated", repeated.rawValue) }
      if let repeatedOrder {
        writer.member("repeated_order") { writer in
          writer.object {
            $0.member("column", repeatedOrder.column)
            $0.member("format", repeatedOrder.format?.pattern)
          }
        }
      }
      writer.member("unmatched", unmatched.rawValue)
    }
  }
}

extension FindingDefinition {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", id)
      writer.member("models") { $0.array(models) { $1.writeMapping(to: &$0) } }
      writer.member("reference", reference.writeMapping)
    }
  }
}

extension ReferenceColumn {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("column", column)
      writer.member("equivocal", equivocal)
      writer.member("missing", ifGiven: missing)
      writer.member("negative") { $0.valueOrNull(negative) }
      writer.member("positive", positive)
      if let readers { writer.member("readers", readers.writeMapping) }
      writer.member("separator", separator)
    }
  }
}

extension ReaderColumns {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("columns", columns)
      switch scale {
      case .categories: writer.member("scale", "categories")
      case .number: writer.member("scale", "number")
      case .ordinal(let names): writer.member("scale", names)
      }
    }
  }
}

extension CaseFile {
  func writeMapping(to writer: inout JSONWriter) {
    guard format != TableFormat() else { return writer.value(path) }
    writer.object {
      $0.member("file", path)
      $0.member("format", format.writeMapping)
    }
  }
}

extension TableFormat {
  func writeMapping(to writer: inout JSONWriter) {
    writer.object {
      $0.member("decimal", decimal.rawValue)
      $0.member("delimiter", delimiter?.rawValue)
      $0.member("encoding", encoding)
      if let header { $0.member("header") { $0.raw(String(header)) } }
      $0.member("sheet", sheet)
    }
  }
}

extension ModelDefinition {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("decision", decision?.column)
      writer.member("indeterminate", indeterminate)
      writer.member("missing", ifGiven: missing)
      writer.member("name", name)
      writer.member("negative") { $0.valueOrNull(decision?.negative) }
      writer.member("positive") { $0.valueOrNull(decision?.positive) }
      if scale == .percent { writer.member("scale", "percent") }
      writer.member("score", score)
      if let statusColumn { writer.member("status", statusColumn) }
    }
  }
}

extension AttributeDefinition {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    writer.object { writer in
      if let birthDate { writer.member("birth_date") { birthDate.writeMapping(to: &$0) } }
      if case .columns(let answers) = severalAnswers {
        writer.member("checked", answers.checked)
        writer.member("columns") {
          $0.array(answers.levels) { writer, answer in
            writer.array([answer.level, answer.column]) { $0.value($1) }
          }
        }
      } else {
        writer.member("column", column)
      }
      writer.member("missing", ifGiven: missing)
      writer.member("name", name)
      if case .separated(let separator) = severalAnswers { writer.member("separator", separator) }
      if case .named(let levels) = levels {
        writer.member("values") {
          $0.array(levels) { writer, level in writer.array(level.values) { $0.value($1) } }
        }
      }
    }
  }
}

extension DateColumn? {
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    guard let date = self else { return writer.null() }
    date.writeMapping(to: &writer)
  }
}

extension DateColumn {
  /// Its name alone where nothing is said of it, so that plans without these keys keep their hashes.
  fileprivate func writeMapping(to writer: inout JSONWriter) {
    guard format != nil || zone != nil || missing != nil else { return writer.value(column) }
    writer.object {
      $0.member("column", column)
      $0.member("format", format?.pattern)
      $0.member("missing", ifGiven: missing)
      $0.member("zone", zone?.minutes)
    }
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, ifGiven values: [String]?) {
    if let values { member(key, values) }
  }

  fileprivate mutating func valueOrNull(_ values: [String]?) {
    guard let values else { return null() }
    array(values) { $0.value($1) }
  }
}
