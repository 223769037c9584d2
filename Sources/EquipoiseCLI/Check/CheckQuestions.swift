internal import Ingestion
internal import Validation

/// What the files leave open, as questions to whoever wrote the plan.
extension CheckText {
  var found: [String] {
    ofTruth + ofModels + ofScores + ofValues + ofCodes + ofAges + ofBirths + ofJoins + ofCases
      + CheckedSettings(plan).doubts
  }

  private var ofModels: [String] {
    check.models.flatMap { model -> [String] in
      let name = model.label
      guard !model.flagged.isEmpty else {
        return [
          "\(name): from which score on is a case flagged? Without models[].threshold, sensitivity, specificity and all that needs a decision will be undefined."
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
        "\(score.name): does \($0.value) mean \"no output\"? It stands at an end of the range on \(Self.count($0.rows, "row")). If so, put into the model: indeterminate: {values: [\"\($0.value)\"]}"
      }
    }
  }

  private var ofValues: [String] {
    check.columns.flatMap { column in
      column.alike.map {
        "\(column.name): are \(Self.list($0.map { "\"\($0)\"" }, atMost: 8)) one? They differ only in case, spaces, accents or marks and mean different things: if they are, declare them under levels (or as values of the reference or decision)."
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
    check.joins.enumerated().filter { sharesTruth($1, at: $0) }.map { _, join in
      "\(join.file) holds the reference standard, and several rows of the cases share one of its \(Self.count(join.partners, "row")): are they images of one examination? Then name it (cohort.unit); if they are repeats, leave out all but one (cohort.exclude, not_last_of)."
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
        "In \(Self.count(differing, "case")) of several rows the scores of \(model.label) differ, and score: \(unit.score.rawValue) is taken (cohort.unit): is that right, or has one row replaced another? Then leave the old one out: exclude, when: {column: …, not_last_of: \(DraftText.oneOrSeveral(unit.columns))}."
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
