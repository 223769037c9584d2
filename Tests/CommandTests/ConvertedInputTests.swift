import Foundation
import TestSupport
import Testing

/// Files that another program reads for us.
struct ConvertedInputTests {
  /// A stand-in for the program, as a shell script that is found first.
  private func trial(_ program: String, _ script: String?, file: String, start: String) throws -> (
    Trial, [String: String]
  ) {
    let trial = try Trial(plan: Trial.plan.replacing("cases: cases.csv", with: "cases: \(file)"))
    try trial.folder.write(Data(start.utf8) + Data(count: 60), to: file)
    if let script {
      try trial.folder.write("#!/bin/sh\n" + script, to: "bin/" + program)
      let path = trial.folder.path + "/bin/" + program
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    return (trial, ["PATH": trial.folder.path + "/bin" + (script == nil ? "" : ":/usr/bin:/bin")])
  }

  @Test(arguments: [("duckdb", "cases.parquet", "PAR1"), ("xlsx2csv", "cases.xlsx", "PK\u{3}\u{4}")])
  func whatItWritesIsRead(_ program: String, _ file: String, _ start: String) throws {
    let (trial, environment) = try trial(
      program, "head -c 4 <&0 >/dev/null; cat cases.csv", file: file, start: start)
    let outcome = try Equipoise.run(
      "validate", "plan.yaml", "--out", "out", in: trial.folder, environment: environment)
    #expect(outcome.status == 0, "\(outcome.words)")
  }

  @Test(arguments: [
    ("duckdb", "cases.parquet", "PAR1", "pip install duckdb-cli"),
    ("xlsx2csv", "cases.xlsx", "PK\u{3}\u{4}", "apt-get install xlsx2csv"),
  ])
  func withoutTheProgramOneSentenceSaysWhatToInstall(
    _ program: String, _ file: String, _ start: String, _ says: String
  ) throws {
    let (trial, environment) = try trial(program, nil, file: file, start: start)
    let outcome = try Equipoise.run("validate", "plan.yaml", in: trial.folder, environment: environment)
    #expect(outcome.status == 65 && outcome.lines.count == 1)
    #expect(
      outcome.words.hasPrefix("\(file): reading it needs the program \(program)")
        && outcome.words.contains(says))
  }

  /// Half a table is none, whatever the half says; nor is the reason shown, for it may hold cells.
  @Test(arguments: ["cat cases.csv; echo Smith >&2; exit 3", "head -n 20 cases.csv; kill -9 $$", "exit 1"])
  func oneThatFailsIsAnError(_ script: String) throws {
    let (trial, environment) = try trial("duckdb", script, file: "cases.parquet", start: "PAR1")
    let outcome = try Equipoise.run("validate", "plan.yaml", in: trial.folder, environment: environment)
    #expect(outcome.status == 65)
    #expect(
      outcome.lines == ["cases.parquet: duckdb cannot read it: open it and save it as CSV (UTF-8)"],
      "\(outcome.words)")
  }

  /// More words than a pipe holds do not stop it.
  @Test func oneThatComplainsAtLengthIsNotHeldUp() throws {
    let script = "(yes | head -c 300000 >&2) 2>/dev/null; yes 2>/dev/null | head -c 300000 >&2; cat cases.csv"
    let (trial, environment) = try trial("duckdb", script, file: "cases.parquet", start: "PAR1")
    let outcome = try Equipoise.run("validate", "plan.yaml", in: trial.folder, environment: environment)
    #expect(outcome.status == 0 || outcome.status == 65)
  }

  @Test func aParquetFileGivesTheStudyOfItsCSV() throws {
    guard let duckdb = Program.path("duckdb") else { return print("Parquet: not tested without duckdb") }
    let trial = try Trial()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: duckdb)
    process.currentDirectoryURL = URL(fileURLWithPath: trial.folder.path)
    process.arguments = [
      "-init", "/dev/null", "-batch", "-c",
      "COPY (FROM read_csv('cases.csv', types = {'id': 'VARCHAR', 'score': 'VARCHAR'})) TO 'cases.parquet'",
    ]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try trial.validate("--out", "csv", "--cases", "cases.csv").status == 0)
    #expect(try trial.validate("--out", "parquet", "--cases", "cases.parquet").status == 0)
    func study(_ folder: String) throws -> String {
      let path = trial.folder.path + "/\(folder)/study.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      return text.replacing(
        try Regex(#""bytes":\d+,"path":"cases\.(csv|parquet)","rows":40,"sha256":"[0-9a-f]{64}""#),
        with: "INPUT")
    }
    let expected = try study("csv")
    #expect(expected.contains("INPUT"))
    #expect(try study("parquet") == expected)
  }
}
