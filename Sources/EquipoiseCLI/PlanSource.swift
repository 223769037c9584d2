internal import Exchange
internal import Validation

/// A plan as it stands in its file, or in two: the protocol, and the cohort that it names.
struct PlanSource {
  let text: String
  let cohort: CohortDocument?
  let plan: AnalysisPlan
  private let path: String

  init(_ path: String) throws(Failure) {
    self.path = path
    let text = try TextFile.read(path)
    self.text = text
    let name = try refusing { () throws(DocumentErrors) in try PlanFile.cohortFile(of: text, file: path) }
    let cohort: CohortDocument?
    if let name {
      let beside = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      let file = name.hasPrefix("/") ? name : beside + name
      cohort = CohortDocument(
        text: try TextFile.read(file), file: file,
        folder: name.lastIndex(of: "/").map { String(name[...$0]) } ?? "")
    } else {
      cohort = nil
    }
    self.cohort = cohort
    plan = try refusing { () throws(DocumentErrors) in try PlanFile.read(text, file: path, cohort: cohort) }
  }

  /// Of the draft that it was, in either file.
  var marks: [DraftMarks] {
    [DraftMarks(in: text, of: path)] + (cohort.map { [DraftMarks(in: $0.text, of: $0.file)] } ?? [])
  }

  /// Where the plan names a column.
  func place(ofColumn name: String) -> String? {
    PlanPlaces.ofColumn(name, in: text, file: path, cohort: cohort)
  }
}
