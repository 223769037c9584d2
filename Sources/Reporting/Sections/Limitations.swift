internal import Statistics
internal import Validation

/// What limits the study, drafted from its data; the gravest first.
struct Limitations {
  let sentences: [String]

  init(_ evidence: Evidence) {
    let draft = LimitationDraft(evidence: evidence)
    sentences =
      draft.openQuestions + draft.reversals + draft.exclusions + draft.sampling + draft.joins
      + draft.verification
      + draft.failures
      + draft.independence + draft.repeats + draft.smallGroups
      + draft.missingAttributes + draft.notes + draft.noPlan + draft.disagreements + draft.always
  }
}

extension Limitations {
  /// Of several findings: what is said of some of them only stands behind their names.
  static func sentences(of findings: [Evidence]) -> [String] {
    var order: [String] = []
    var limited: [String: [String]] = [:]
    for finding in findings {
      for sentence in Limitations(finding).sentences {
        if limited[sentence] == nil { order.append(sentence) }
        limited[sentence, default: []].append(finding.finding ?? "")
      }
    }
    return order.map { sentence in
      let names = limited[sentence] ?? []
      return names.count == findings.count
        ? sentence : "\(names.enumeration): \(sentence.sentenceCase)"
    }
  }

  static func blocks(_ sentences: [String]) -> [Block] {
    [
      .paragraph("Drafted from the data, the gravest first; to be completed by those who know the setting."),
      .list(sentences),
    ]
  }
}

extension Section {
  static let limitations = Section(anchor: "limitations", title: "Limitations") { evidence in
    Limitations.blocks(Limitations(evidence).sentences)
  }
}

extension Evidence {
  /// Nothing that is claimed of this group has enough cases.
  func isUnassessable(_ group: Subgroup, for model: ModelDefinition) -> Bool {
    let rows = headlines.compactMap { row($0.id, of: model.name, in: group) }
    return rows.contains { !$0.isAssessable }
  }
}
