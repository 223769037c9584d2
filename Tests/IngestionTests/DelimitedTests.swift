import Ingestion
import Testing
import Validation

@Suite("Delimited text, RFC 4180")
struct DelimitedTests {
  let withSite = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")])

  @Test func readsScoresTruthAndLevels() throws {
    let cohort = try read("label,score,site\n1,0.75,B\n0,0.5,A\n0,.25,B\n", withSite)
    #expect(cohort.isPositive == [1, 0, 0])
    #expect(cohort.models[0].scores == [0.75, 0.5, 0.25])
    #expect(cohort.models[0].flagged == [1, 1, 0])
    #expect(cohort.models[0].failed.isEmpty)
    #expect(cohort.attributes[0].levels == ["A", "B"])
    #expect(cohort.attributes[0].codes == [1, 0, 1])
  }

  @Test(arguments: [
    ("\"A, B\"", "A, B"), ("\"A \"\"B\"\"\"", "A \"B\""), ("\"A\nB\"", "A\nB"), ("\"A\r\nB\"", "A\r\nB"),
    ("\" A \"", "A"), (" A ", "A"), ("\u{00A0}A\u{2003}", "A"), ("\"\"\"\"", "\""), ("Zürich", "Zürich"),
    ("\u{3000}東京\u{3000}", "東京"), ("\"A\"", "A"),
  ])
  func readsFields(written: String, meant: String) throws {
    let cohort = try read("site,label,score\n\(written),1,0.5\nC,0,0.5\n", withSite)
    #expect(Set(cohort.attributes[0].levels) == ["C", meant])
    let last = try read("label,score,site\n1,0.5,\(written)\n0,0.5,C", withSite)
    #expect(Set(last.attributes[0].levels) == ["C", meant])
  }

  @Test(arguments: [
    "label,score\r\n1,0.5\r\n0,0.25\r\n", "label,score\n1,0.5\n0,0.25",
    "\u{FEFF}label,score\n1,0.5\n0,0.25\n",
    "\n\nlabel,score\n\n1,0.5\n\n0,0.25\n\n\n", "\"label\",\"score\"\n\"1\",\"0.5\"\n\"0\",\"0.25\"",
    "label,score\r\n1,0.5\r\n0,0.25\r\n\r\n", " label , score\n1 , 0.5\n 0,\t0.25",
    "label,score,\n1,0.5,\n0,0.25,\n", "label,score,x,x2\n1,0.5,\"a\n\",\"\"\n0,0.25,,\"\"\"\"\n",
  ])
  func acceptsLineEndsMarksAndBlankLines(text: String) throws {
    let cohort = try read(text)
    #expect(cohort.isPositive == [1, 0])
    #expect(cohort.models[0].scores == [0.5, 0.25])
  }

  @Test func readsTabs() throws {
    for name in ["cases.tsv", "cases.TAB"] {
      let cohort = try read("label\tscore\tsite\n1\t0.5\tA,B\n0\t0.25\t\"A\tB\"\n", withSite, named: name)
      #expect(cohort.attributes[0].levels == ["A\tB", "A,B"])
    }
  }

  @Test func countsPhysicalLines() throws {
    let text = "label,score,site\n1,0.5,\"two\nlines\"\n\n0,0.25,\"three\n\nlines\"\n1,x,A\n"
    #expect(
      complaint(text, withSite)
        == "cases.csv:8:2: score is \"x\", expected a number (column \"score\"): if it means \"no output\", add it to models[].indeterminate"
    )
  }

  @Test func readsOnlyColumnsThatAreNamed() throws {
    let cohort = try read("note,label,note2,score\nFAILED,1,x,0.5\n,0,,0.25\n")
    #expect(cohort.count == 2)
  }

  @Test func hashesWhatItRead() throws {
    let text = "label,score\n1,0.5\n0,0.25"
    let input = try read(text.utf8).inputs[0]
    #expect(input.sha256 == SHA256.hexadecimal(of: text))
    #expect(input.bytes == text.utf8.count && input.rows == 2 && input.path == "cases.csv")
  }
}
