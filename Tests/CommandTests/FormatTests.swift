import Foundation
import TestSupport
import Testing

/// The tables of the report as files of their own.
struct FormatTests {
  @Test func everyTableIsAFile() throws {
    let trial = try Trial()
    let outcome = try trial.validate("--format", "xlsx,csv", "--out", "out")
    #expect(outcome.status == 0, "\(outcome.words)")
    let files = trial.folder.contents(of: "out")
    for name in ValidateTests.files + ["tables.xlsx"] { #expect(files[name] != nil, "\(name)") }
    let page = String(decoding: files["report.html"] ?? Data(), as: UTF8.self)
    let tables = files.keys.filter { $0.hasPrefix("tables/") && $0.hasSuffix(".csv") }
    #expect(tables.count == page.components(separatedBy: "<table>").count - 1)
    let command = try JSON(contentsOf: URL(filePath: trial.folder.path + "/out/manifest.json"))["command"]
    #expect(command.array.compactMap(\.string).suffix(2) == ["--format", "html,csv,xlsx"])
    let sums = String(decoding: files["SHA256SUMS"] ?? Data(), as: UTF8.self)
    for name in tables + ["tables.xlsx"] { #expect(sums.contains("  \(name)\n"), "\(name)") }
  }

  @Test func aNumberIsThatOfTheRows() throws {
    let trial = try Trial()
    #expect(try trial.validate("--format", "csv", "--out", "out").status == 0)
    let folder = trial.folder.path + "/out"
    let rows = try ResultTable(contentsOfFile: folder + "/rows.csv").rows
    let names = trial.folder.contents(of: "out").keys
    let name = try #require(names.first { $0.hasSuffix("-all-measures-over-all-cases.csv") })
    let measures = try ResultTable(contentsOfFile: folder + "/" + name).rows
    let row = rows.first {
      $0["metric"] == "sensitivity" && $0["subgroup"] == "" && $0["outputs"] == "primary"
    }
    let line = measures.first { $0["Measure"]?.hasPrefix("Sensitivity") == true }
    for (key, column) in [
      ("value", "Estimate"), ("lower", "95\u{202F}% interval, lower limit"),
      ("upper", "95\u{202F}% interval, upper limit"),
    ] {
      let share = Double(row?[key] ?? "") ?? .nan
      #expect(agrees(Double(line?[column] ?? "") ?? .nan, 100 * share, within: 1e-10), "\(column)")
    }
    #expect(line?["Estimate, unit"] == "%")
    #expect(line?["x/n"] == row?["numerator"] && line?["x/n, out of"] == row?["denominator"])
  }

  @Test func sameBytesTwiceAndOldTablesGo() throws {
    let trial = try Trial()
    #expect(try trial.validate("--format=csv,xlsx", "--threads", "1", "--out", "one").status == 0)
    #expect(try trial.validate("--format=html,xlsx,csv,csv", "--threads", "2", "--out", "two").status == 0)
    #expect(trial.folder.contents(of: "one") == trial.folder.contents(of: "two"))
    #expect(try trial.validate("--out", "one").status == 0)
    #expect(trial.folder.contents(of: "one").keys.sorted() == ValidateTests.files)
  }

  @Test func whatIsNotOursAmongTheTablesStays() throws {
    let trial = try Trial()
    #expect(try trial.validate("--format", "csv", "--out", "out").status == 0)
    try trial.folder.write("dear", to: "out/tables/notes.txt")
    let before = trial.folder.contents(of: "out")
    let outcome = try trial.validate("--out", "out")
    #expect(outcome.status == 74 && outcome.words.hasPrefix("out holds tables/notes.txt"), "\(outcome.words)")
    #expect(trial.folder.contents(of: "out") == before)
  }

  @Test(arguments: [
    ("pdf", "\"--format pdf\" is not in this version\n"),
    ("csv,docx", "\"--format docx\" is not in this version\n"),
    ("xls", "--format has \"xls\", expected one or several of html,csv,xlsx\n"),
    ("", "--format has \"\", expected one or several of html,csv,xlsx\n"),
  ])
  func otherFormatsAreRefusedByName(_ format: String, _ words: String) throws {
    let trial = try Trial()
    let outcome = try trial.validate("--format", format)
    #expect(outcome.status == 64 && outcome.words == words)
    #expect(trial.folder.contents(of: "Reports").isEmpty)
  }
}
