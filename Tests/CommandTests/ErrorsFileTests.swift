import Foundation
import TestSupport
import Testing

/// `--errors FILE.csv` lists every problem.
struct ErrorsFileTests {
  private func list(_ trial: Trial) throws -> String {
    try String(contentsOfFile: trial.folder.path + "/errors.csv", encoding: .utf8)
  }

  @Test func holdsEveryProblemInTheOrderOfTheFile() throws {
    let cases = Trial.cases.replacingFirst("c0,2025-01-15", with: "c0,03/04/2025").replacing(
      "F,1,0", with: "F,2,x0")
    let trial = try Trial(cases: cases)
    #expect(try trial.validate("--errors", "errors.csv").status == 65)
    let lines = try list(trial).split(separator: "\n").map(String.init)
    #expect(lines[0] == "file,line,column,name,problem,found")
    #expect(
      lines[1]
        == "cases.csv,2,2,date,\"which is ambiguous: day and month are never guessed: correct this cell (cases.csv:2): the other dates of the column are read as declared; where all are written so, say which, date: {column: date, format: dd/MM/yyyy} or {…, format: MM/dd/yyyy}\",03/04/2025"
    )
    #expect(lines[2].hasPrefix("cases.csv,2,5,label,") && lines[2].hasSuffix(",2"))
    #expect(lines[3].hasPrefix("cases.csv,2,6,score,") && lines[3].hasSuffix(",x0.55"))
    #expect(lines.count == 1 + 1 + 2 * cases.components(separatedBy: "F,2,x0").count - 2)
  }

  @Test func moreThanTheTwentyOfAMessage() throws {
    let trial = try Trial(cases: Trial.cases.replacing(",0.", with: ",x0."))
    _ = try trial.validate("--errors", "errors.csv")
    #expect(try list(trial).split(separator: "\n").count == 1 + 39)
  }

  @Test func hidesWhatMayNotBeShown() throws {
    let trial = try Trial(cases: Trial.cases.replacingFirst("0.55\n", with: "Smith 1961\n"))
    #expect(try trial.validate("--errors", "errors.csv", "--quiet").status == 65)
    #expect(try list(trial).contains("cases.csv,2,6,score,") && !(try list(trial)).contains("Smith"))
    let twice = try Trial(cases: Trial.cases.replacingFirst("c1,", with: "c0,"))
    #expect(try twice.validate("--errors", "errors.csv").status == 65)
    let lines = try list(twice).split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("cases.csv,3,1,id,") && lines[1].hasSuffix(","))
    #expect(lines[1].contains("the case id is the same as on line 2"))
  }

  @Test func aListOfEarlierProblemsDoesNotStay() throws {
    let trial = try Trial()
    try trial.folder.write("old", to: "errors.csv")
    #expect(try trial.validate("--errors", "errors.csv").status == 0)
    #expect(try list(trial) == "file,line,column,name,problem,found\n")
  }
}
