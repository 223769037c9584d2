internal import Statistics
internal import Validation

/// Each column by itself, as the builder understands it.
extension CohortBuilder {
  func columnChecks() -> [CohortCheck.ColumnCheck] {
    var checks: [CohortCheck.ColumnCheck] = []
    for (finding, requests) in zip(definition.findings, columns.findings) {
      let of = finding.id.map { " of \($0)" } ?? ""
      checks.append(
        check(
          requests.reference, "the reference standard\(of)", leaving: [],
          meanings: values(of: finding.reference).words(
            aside: finding.reference.equivocalRule == .excluded
              ? "equivocal" : "equivocal, counted as \(finding.reference.equivocalRule.rawValue)",
            decimals: table.decimals(of: requests.reference))))
      for (model, request) in zip(finding.models, requests.models) {
        if let status = request.status, let column = model.statusColumn,
          !checks.contains(where: { $0.name == column && $0.isStatus })
        {
          let failures = DeclaredValues(model.indeterminate)
          let decimals = table.decimals(of: status)
          checks.append(
            check(status, CohortCheck.ColumnCheck.status, leaving: leftOutOfOutputs) { texts, _ in
              texts.map { text in
                decimals.contains { failures.contains(text, decimal: $0) } ? "no output" : "output"
              }
            })
        }
        guard let decision = model.decision, let column = request.decision else { continue }
        let failures = request.status.map { readFailures($0, model) } ?? []
        checks.append(
          check(
            column, "the decision of \(model.name)\(of)", leaving: leftOutOfOutputs,
            except: exclusions.rows.or(failures),
            meanings: values(of: decision, model).words(
              aside: "no output", decimals: table.decimals(of: column))))
      }
    }
    for (index, attribute) in definition.attributes.enumerated() {
      // Dates of birth are not listed: what is analysed is the age.
      if attribute.birthDate != nil { continue }
      let role = "the attribute \(attribute.name)"
      let missing = missing(attribute.missing)
      switch attribute.severalAnswers {
      case .columns(let answers):
        for (answer, request) in zip(answers.levels, columns.answers[index]) {
          checks.append(
            check(
              request, "\(role): \(answer.level)",
              meanings: BinaryValues(
                positive: DeclaredValues(answers.checked), negative: nil, aside: DeclaredValues([]),
                missing: missing
              ).words(
                aside: "", decimals: table.decimals(of: request), positive: "yes", negative: "no")))
        }
      case .separated(let separator):
        checks.append(
          check(columns.attributes[index], role) { cells, _ in
            let parts = cells.map { missing.contains($0) ? [] : $0.parts(between: separator) }
            return parts.map { levels(of: $0, index).joined(separator: " and ") }
              .map { $0.isEmpty ? "missing" : $0 }
          })
      case nil:
        checks.append(
          check(columns.attributes[index], role) { texts, _ in
            levels(of: texts, index, missing: "missing")
          })
      }
    }
    return checks
  }

  /// What a cell means that would be refused in a row that is analysed.
  fileprivate static let notAsked = "not asked for"

  /// The level that each text means; `missing` where it means none, or left out without one.
  private func levels(of texts: [String], _ index: Int, missing word: String? = nil) -> [String] {
    let attribute = definition.attributes[index]
    let reading = AttributeReading(
      texts, as: attribute.levels, missing: missing(attribute.missing),
      decimals: table.decimals(of: columns.attributes[index]))
    return reading.codes.compactMap { $0 == Attribute.unknown ? word : reading.levels[Int($0)] }
  }

  /// Rows that do not count among the outputs. Where a rule reads the reference standard all do: what it leaves out would
  /// cross the two.
  private var leftOutOfOutputs: [Bool] { rulesReadReference ? [] : exclusions.rows }

  var rulesReadReference: Bool {
    let references = Set(definition.findings.map(\.reference.column))
    return definition.exclusions.contains { rule in
      rule.conditions.contains { !references.isDisjoint(with: definition.columns(of: $0)) }
    }
  }

  /// - Parameters:
  ///   - left: rows that do not count; those that rules leave out, if nothing else is said. The reference standard is
  ///     counted in all rows: a rule may read an output.
  ///   - unasked: rows whose cells need not be declared.
  private func check(
    _ request: Int, _ role: String, leaving left: [Bool]? = nil, except unasked: [Bool]? = nil,
    meanings: (_ texts: [String], _ isAsked: [Bool]) -> [String]
  ) -> CohortCheck.ColumnCheck {
    let column = column(request)
    let texts = column.texts
    let isAsked = column.occurs(except: unasked ?? exclusions.rows)
    let words = meanings(texts, isAsked)
    let left = left ?? exclusions.rows
    let counts = column.counts(except: left)
    let absent = table.rowCount - left.count { $0 } - counts.reduce(0, +)
    let order = texts.indices.filter { counts[$0] > 0 }
      .sorted { (counts[$1], texts[$0]) < (counts[$0], texts[$1]) }
    return CohortCheck.ColumnCheck(
      name: table.requests[request].name, role: role,
      values: order.map { code in
        .init(
          text: CellText.clipped(texts[code]), rows: counts[code], meaning: words[code],
          spellings: column.spellings(code).filter { $0 != texts[code] }.map(CellText.clipped))
      }
        + (absent > 0 ? [.init(text: "(no cell)", rows: absent, meaning: "missing")] : []),
      alike: LookAlikes.find(in: order.map { texts[$0] }, meanings: order.map { words[$0] })
        .map { $0.map(CellText.clipped) })
  }

  func scoreChecks() -> [CohortCheck.ScoreCheck] {
    var told: Set<Int> = []
    let numbers = columns.findings.flatMap(\.models).compactMap(\.score).filter {
      if case .number = table.requests[$0].reading { told.insert($0).inserted } else { false }
    }
    let models = zip(definition.findings, columns.findings).flatMap { zip($0.models, $1.models) }
    return numbers.map { request in
      // Percentages are read as shares, and shown as they are written.
      let unit = models.contains { $0.scale == .percent && $1.score == request } ? 100.0 : 1
      func written(_ value: Double) -> Double { unit == 1 ? value : (value * unit * 1e10).rounded() / 1e10 }
      let chunks = table.numberChunks(request)
      var (least, most) = (ScoreEnd(sign: 1), ScoreEnd(sign: -1))
      var numbers = 0
      var different: Set<Double> = []
      var areWhole = true
      let left = leftOutOfOutputs
      let unasked = left.or(failed(request))
      for (row, share) in chunks.lazy.flatMap(\.values).enumerated()
      where !share.isNaN && !unasked.holds(row) {
        let value = written(share)
        numbers += 1
        if different.count <= 12 { different.insert(value) }
        areWhole = areWhole && value == value.rounded()
        least.add(value)
        most.add(value)
      }
      return CohortCheck.ScoreCheck(
        name: table.requests[request].name, numbers: numbers,
        others: table.rowCount - left.count { $0 } - numbers,
        lowest: numbers > 0 ? least.end : nil,
        highest: numbers > 0 && most.end.value != least.end.value ? most.end : nil,
        besideLowest: least.beside.rows, besideHighest: most.beside.rows,
        isRating: areWhole && (3...12).contains(different.count))
    }
  }

  /// Attributes in which rows of one patient differ, with the first places; a banded attribute by its band.
  mutating func differingAttributes() -> [(attribute: String, patients: Int, examples: [InputError.Place])] {
    guard let request = columns.patient else { return [] }
    let patientColumn = column(request)
    let patients = ids(in: patientColumn)
    return definition.attributes.indices.compactMap { index in
      let codes = readAttribute(index, of: CaseRows(everyRowOf: table)).rowCodes
      var levelOf = [UInt16](repeating: Attribute.unknown, count: patientColumn.distinctCount)
      var isTold = [Bool](repeating: false, count: patientColumn.distinctCount)
      var (count, examples) = (0, [InputError.Place]())
      for (row, patient) in patients.enumerated()
      where patient != PatientCodes.none && codes[row] != Attribute.unknown && !exclusions.rows.holds(row) {
        let patient = Int(patient)
        if levelOf[patient] == Attribute.unknown {
          levelOf[patient] = codes[row]
        } else if levelOf[patient] != codes[row] && !isTold[patient] {
          isTold[patient] = true
          count += 1
          if examples.count < 3 { examples.append(table.place(ofRow: row)) }
        }
      }
      return count == 0 ? nil : (definition.attributes[index].name, count, examples)
    }
  }
}

/// The lowest value (or the highest, as the lowest of negated ones) and the one beside it, with their rows.
private struct ScoreEnd {
  private let sign: Double
  private(set) var end: (value: Double, rows: Int)
  private(set) var beside: (value: Double, rows: Int)

  init(sign: Double) {
    self.sign = sign
    end = (sign * .infinity, 0)
    beside = end
  }

  mutating func add(_ value: Double) {
    if value * sign < end.value * sign {
      beside = end
      end = (value, 1)
    } else if value == end.value {
      end.rows += 1
    } else if value * sign < beside.value * sign {
      beside = (value, 1)
    } else if value == beside.value {
      beside.rows += 1
    }
  }
}

extension BinaryValues {
  /// What each distinct cell means, in words.
  fileprivate func words(
    aside: String, decimals: [DecimalMark], positive: String = "positive", negative: String = "negative"
  ) -> ([String], [Bool]) -> [String] {
    { texts, isAsked in
      zip(texts, meanings(of: texts, decimals: decimals, isAsked: isAsked).meanings).map { text, meaning in
        switch meaning {
        case .positive: positive
        case .negative: negative
        case .aside: aside
        case .missing: missing.contains(text) || separator != nil ? "missing" : CohortBuilder.notAsked
        case .refused: "not declared"
        }
      }
    }
  }
}

/// Values that a person would take for one.
package enum LookAlikes {
  /// Groups of texts that are the same but for case, spaces, accents or marks, and do not all mean the same.
  static func find(in texts: [String], meanings: [String]) -> [[String]] {
    var groups: [String: [Int]] = [:]
    for (index, text) in texts.enumerated() {
      let key = folded(text)
      groups[key, default: []].append(index)
    }
    return groups.values.filter { group in Set(group.map { meanings[$0] }).count > 1 }
      .map { group in group.map { texts[$0] }.sorted() }
      .sorted { $0.lexicographicallyPrecedes($1) }
  }

  package static func folded(_ text: String) -> String {
    let letters = ([.spaces, .letterCase, .accents] as [Spelling.Difference]).folded(text)
    let plain = letters.filter { !".,'’`´\"".contains($0) }
    // Numbers, and what is nothing but marks, are told apart by them.
    return plain.contains(where: \.isLetter) ? plain : letters
  }
}
