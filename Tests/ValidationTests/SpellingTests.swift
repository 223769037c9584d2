import Testing
import Validation

@Suite("What does not count in a spelling")
struct SpellingTests {
  @Test(arguments: [
    (Spelling.Difference.fileEndings, "images/A1.png", "A1"), (.fileEndings, "A1.2", "A1.2"),
    (.spaces, "A\u{A0}1 ", "A1"), (.dashes, "A–1_b", "A1b"), (.marks, "St. Anne's", "St Annes"),
    (.marks, "1.5", "1.5"), (.letterCase, "Rx", "rx"), (.accents, "Sì Žena Größe", "Si Zena Groesse"),
    (.decimalPoint, "7.0", "7"), (.decimalPoint, "7.5", "7.5"), (.leadingZeros, "007", "7"),
    (.leadingZeros, "000", "000"), (.number, "RTG0047027_1.dcm", "47027"), (.number, "none", "none"),
    (.number, "000", "000"),
  ])
  func isRemoved(_ difference: Spelling.Difference, _ text: String, _ rest: String) {
    #expect(difference.removed(from: text) == rest)
  }

  /// Folding is done once and for all: what is compared is no further text to fold.
  @Test(arguments: [["Sì ", "A-1.DCM", "x/007.0", "", "É_é", "12.50", "B 07"]], Spelling.Difference.allCases)
  func isIdempotent(_ texts: [String], _ difference: Spelling.Difference) {
    for text in texts {
      let once = [difference].folded(text)
      #expect([difference].folded(once) == once)
    }
  }

  @Test func differencesAreTakenAwayTogether() {
    #expect(([.letterCase, .accents, .spaces] as [Spelling.Difference]).folded(" SÌ") == "si")
    #expect(([.leadingZeros, .fileEndings] as [Spelling.Difference]).folded("a/007.dcm") == "7")
    #expect(([] as [Spelling.Difference]).folded(" Sì") == " Sì")
  }
}
