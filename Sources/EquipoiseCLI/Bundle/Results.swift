internal import Exchange
internal import Ingestion
internal import Reporting
internal import Validation

/// The files of a study's bundle. They depend on plan, cases and version alone.
struct Results {
  let files: [(name: String, bytes: [UInt8])]

  init(
    of study: Study, source: PlanSource, inputs: [Provenance.Input], command: [String],
    formats: [ResultFormat]
  ) {
    let canonical = CanonicalPlan(study.plan)
    let provenance = Provenance(
      toolVersion: EquipoiseCommand.version, inputs: inputs.map(\.portable),
      protocolHash: SHA256.hexadecimal(of: canonical.protocolText),
      mappingHash: SHA256.hexadecimal(of: canonical.mappingText),
      openQuestions: source.marks.flatMap { $0.questions.map(\.text) })
    let report = Report(on: study, provenance: provenance)
    let texts = [
      ("manifest.json", Manifest(platform: Platform.name, command: command, provenance: provenance).text),
      ("plan.yaml", source.text),
      ("report.html", report.html),
      ("rows.csv", RowsFile.text(of: study.rows)),
      ("study.json", StudyFile.text(of: study, provenance: provenance)),
    ]
    var contents = texts.map { (name: $0.0, bytes: Array($0.1.utf8)) }
    if let cohort = source.cohort { contents.append(("cohort.yaml", Array(cohort.text.utf8))) }
    if formats.contains(.csv) { contents += ReportTables.csv(of: report) }
    if formats.contains(.xlsx) { contents.append(("tables.xlsx", report.workbook)) }
    let sums = contents.map { (file: $0.name, sha256: SHA256.hexadecimal(of: $0.bytes)) }
    files = contents + [("SHA256SUMS", Array(Checksums.text(sums).utf8))]
  }
}

/// Between processor types the elementary functions differ in their last bits.
enum Platform {
  #if arch(x86_64)
    static let name = "linux-x86_64"
  #elseif arch(arm64)
    static let name = "linux-aarch64"
  #else
    #error("name this processor type, then compare its results with Reports/ to 1e-9")
  #endif
}

extension Provenance.Input {
  /// Outside the plan's folder only the file's name is recorded: where it stood on one machine says nothing on another.
  fileprivate var portable: Provenance.Input {
    guard path.hasPrefix("/") || path.hasPrefix("../") else { return self }
    var copy = self
    copy.path = Folder.name(of: path)
    return copy
  }
}
