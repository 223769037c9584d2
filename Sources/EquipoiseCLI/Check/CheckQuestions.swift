internal import Ingestion
internal import Validation

/// What the files leave open, as questions to whoever wrote the plan.
extension CheckText {
  var found: [String] {
    ofKeys + ofTruth + ofModels + ofStates + ofScores + ofValues + ofCodes + ofAges + ofBirths + ofJoins
      + ofCases
      + CheckedSettings(plan).doubts
  }

  /// Before anything is asked about those that find no partner.
  private var ofKeys: [String] {
    check.unmatched.compactMap { unmatched in
      unmatched.diagnosis.map {
        "\(unmatched.account.file): \($0.sentence). If they are the same, \(unmatched.remedy)"
      }
    }
  }

  private var ofModels: [String] {
    check.models.flatMap { model -> [String] in
      let name = model.label
      guard !model.flagged.isEmpty else {
        return [
          "\(name): from which score on is a case flagged? Write it into the model, threshold: NUMBER; without it sensitivity and specificity are undefined."
        ]
      }
      let given = model.cases - model.failed
      return model.flagged.filter {
        $0.threshold != nil && given > 0 && ($0.cases == 0 || $0.cases == given)
      }
      .map { threshold, flagged in
        "\(name), threshold \(threshold ?? ""): is it on the scale of the scores? It flags \(flagged == 0 ? "no case" : "every case")."
      }
    }
  }

  private var ofScores: [String] {
    check.scores.flatMap { score in
      score.suspects.map {
        "\(score.name): does \($0.value) mean \"no output\"? It stands at an end of the range on \(Self.count($0.rows, "row")). If so, put \(remedy($0.value, in: score.name))"
      }
    }
  }

  /// A model whose failures stand in another column has its list there.
  private func remedy(_ value: Double, in score: String) -> String {
    let model = plan.cohort.findings.flatMap(\.models).first { $0.score == score }
    if let status = model?.statusColumn {
      return
        "what \(status) says of these rows into indeterminate, or into the model: missing: [\"\", \"\(value)\"]"
    }
    let values = (model?.indeterminate ?? []) + ["\(value)"]
    return "into the model: indeterminate: {values: \(DraftText.list(values))}"
  }

  /// A word for a failure that the plan leaves out would count as an output.
  private var ofStates: [String] {
    check.columns.filter(\.isStatus).flatMap { column in
      let alike = Set(column.alike.joined())
      let left = column.values.filter {
        $0.meaning == "output" && !alike.contains($0.text) && CellWords.saysFailure($0.text)
      }
      return left.map {
        "\(column.name): does \"\($0.text)\" mean \"no output\"? Its \(Self.count($0.rows, "row")) \($0.rows == 1 ? "counts" : "count") as outputs. If so, add it to indeterminate: {column: \(DraftText.quoted(column.name)), values: […]}"
      }
    }
  }

  private var ofValues: [String] {
    check.columns.flatMap { column in
      column.alike.map {
        "\(column.name): are \(Self.list($0.map { "\"\($0)\"" }, atMost: 8)) one? They differ only in case, spaces, accents or marks and mean different things: if they are, declare them \(column.isStatus ? "all in indeterminate" : "under levels (or as values of the reference or decision)")."
      }
    }
  }

  /// Codes for unknown that read as numbers make people older than anybody is.
  private var ofAges: [String] {
    plan.cohort.attributes.filter(Self.isAge).flatMap { attribute in
      check.columns.filter { $0.role == "the attribute \(attribute.name)" }.flatMap { column in
        column.values.filter { $0.meaning != "missing" && (Double($0.text) ?? 0) > CohortCheck.oldestAge }.map
        {
          "\(column.name): does \($0.text) mean unknown? It stands on \(Self.count($0.rows, "row")) and counts as \($0.meaning). If so, put into \(attribute.name): missing: [\"\", \"\($0.text)\"]"
        }
      }
    }
  }

  /// One number among words is a code for something that is no group: 9, 99.
  private var ofCodes: [String] {
    check.columns.filter { $0.role.hasPrefix("the attribute ") }.compactMap { column in
      let groups = column.values.filter { $0.meaning == $0.text }
      let codes = groups.filter { Int($0.text) != nil }
      guard codes.count == 1, let code = codes.first,
        groups.count(where: { $0.text.contains(where: \.isLetter) }) == groups.count - 1, groups.count > 2
      else { return nil }
      return
        "\(column.name): does \(code.text) mean unknown? It is the only number among words, on \(Self.count(code.rows, "row")). If so, put into the attribute: missing: [\"\", \"\(code.text)\"]"
    }
  }

  /// Registers write 1 January 1900 for a birth that nobody knows.
  private var ofBirths: [String] {
    check.ages.filter { $0.impossible > 0 }.map {
      "\($0.attribute): \(Self.count($0.impossible, "case")) \($0.impossible == 1 ? "is" : "are") older than anybody was (up to \($0.oldest) years): does a date of birth such as 01/01/1900 mean unknown? If so, put it into \($0.attribute) as the file writes it: missing: [\"\", \"01/01/1900\"]"
    }
  }

  private static func isAge(_ attribute: AttributeDefinition) -> Bool {
    guard case .bands = attribute.levels else { return false }
    let words = Vocabulary.words(of: attribute.name) + Vocabulary.words(of: attribute.column)
    return Vocabulary.first(of: words, in: Vocabulary.age) != nil
  }

  private var ofJoins: [String] {
    check.joins.enumerated().filter { sharesTruth($1, at: $0) }.map { index, join in
      let key = DraftText.oneOrSeveral(plan.cohort.joins[index].keys.map(\.here))
      return
        "\(Self.count(join.matched, "row")) of the cases share \(NumberText.count(join.partners)) truths of \(join.file). Images of one examination: unit: {by: \(key)}. Repeats: exclude: [{id: X1, reason: repeated, when: {column: TIME, not_last_of: \(key)}}]."
    }
  }

  func holdsTruth(_ join: JoinAccount, at index: Int) -> Bool {
    guard plan.cohort.joins.indices.contains(index) else { return false }
    let prefix = plan.cohort.joins[index].prefix
    let read = check.files.filter { $0.isJoined && $0.path == join.file }.flatMap(\.read).map { prefix + $0 }
    return plan.cohort.findings.contains { read.contains($0.reference.column) }
  }

  /// Whether one truth stands for several cases, which nothing in the plan combines or chooses from.
  private func sharesTruth(_ join: JoinAccount, at index: Int) -> Bool {
    plan.cohort.unit == nil && join.matched > join.partners && holdsTruth(join, at: index)
      && !keepsOne(of: plan.cohort.joins[index].keys.map(\.here))
  }

  private func keepsOne(of key: [String]) -> Bool {
    plan.cohort.exclusions.flatMap(\.conditions).contains {
      if case .isNot(_, let columns) = $0.test { Set(columns) == Set(key) } else { false }
    }
  }

  private var ofCases: [String] {
    var asked: [String] = []
    if plan.cohort.unit == nil, plan.cohort.caseColumn == nil {
      asked.append(
        "Which column names a case (cohort.case)? Without it a row that stands twice counts twice.")
    }
    if check.clusters == nil {
      asked.append(
        "Do patients have several cases? Then name their column (cohort.patient); without it every case is taken as independent."
      )
    }
    for model in check.models {
      guard let differing = model.differing, let unit = plan.cohort.unit, let several = check.unit?.several,
        differing > 0, differing * 2 < several
      else { continue }
      asked.append(
        "\(model.label): in \(Self.count(differing, "case")) of several rows the scores differ; is the \(unit.score.rawValue) meant? If the last: exclude, when: {column: TIME, not_last_of: \(DraftText.oneOrSeveral(unit.columns))}."
      )
    }
    if let unit = check.unit, unit.differingDates > 0 {
      asked.append(
        "In \(Self.count(unit.differingDates, "case")) the rows have different dates: is the date of the first row meant, and the age on that day?"
      )
    }
    return asked
      + check.differing.filter { isOfPersons($0.attribute) && !isUsual($0.patients) }.map {
        "\($0.attribute) differs between rows of \(Self.count($0.patients, "patient")), for example at \($0.examples.map { "\($0.file):\($0.line)" }.joined(separator: ", ")): is that meant?"
      }
  }

  /// What a person has of birth; sites, scanners and ages differ between visits.
  func isOfPersons(_ attribute: String) -> Bool {
    guard let own = plan.cohort.attributes.first(where: { $0.name == attribute }) else { return false }
    return Vocabulary.attributes.contains { known in
      ["sex", "ethnicity"].contains(known.name)
        && Vocabulary.first(
          of: Vocabulary.words(of: own.name) + Vocabulary.words(of: own.column), in: known.words)
          != nil
    }
  }

  /// What differs in most of many patients with several cases, such as the side of an eye, is meant to.
  func isUsual(_ differing: Int) -> Bool {
    check.clusters.map { $0.withSeveral >= 20 && differing * 2 > $0.withSeveral } ?? false
  }

  /// A column that most rows leave empty is hardly the truth.
  private var ofTruth: [String] {
    references.compactMap { column in
      let missing = column.values.filter { $0.meaning == "missing" }.reduce(0) { $0 + $1.rows }
      let all = column.values.reduce(0) { $0 + $1.rows }
      guard missing * 2 > all else { return nil }
      return
        "Is \(column.name) the reference standard? \(NumberText.count(missing)) of \(Self.count(all, "row")) have nothing there, and are left out."
    }
  }
}
