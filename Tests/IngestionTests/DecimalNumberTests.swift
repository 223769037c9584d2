import Foundation
import Ingestion
import Testing
import Validation

@Suite("Decimal numbers are exactly what strtod makes of them")
struct DecimalNumberTests {
  @Test(arguments: [
    "0", "-0", "+1", "1.", ".5", "-.5e1", "1e5", "1E+05", "1e-05", "0.1", "0.30000000000000004",
    "9007199254740993", "9007199254740992.5", "18446744073709551615", "18446744073709551616",
    "123456789012345678901234567890", "0.000000000000000000000000000012345", "1e22", "1e23", "1e308",
    "1.7976931348623157e308", "1e309", "4.9e-324", "2e-324", "2.2250738585072011e-308",
    "0e999999999999999999",
    "1e-27", "9999999999999999999e-27", "8.41e21", "5e-324", "00000000000000000000000000001.5",
  ])
  func knownEdges(text: String) {
    #expect(DecimalNumber.parse(text)?.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test(arguments: [
    "", ".", "-", "+", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "nan", "inf", "infinity", "1 ", " 1", "1_0",
    "1f",
    "--1", "+-1", "1e5.5", ".e1", "٣",
  ])
  func notNumbers(text: String) { #expect(DecimalNumber.parse(text) == nil) }

  @Test func randomText() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300_000 {
      let whole = String(UInt64.random(in: 0...(.max), using: &random)).prefix(
        Int.random(in: 0...20, using: &random))
      let fraction = String(UInt64.random(in: 0...(.max), using: &random)).prefix(
        Int.random(in: 1...20, using: &random))
      let zeros = String(repeating: "0", count: Int.random(in: 0...12, using: &random))
      let exponent = Bool.random(using: &random) ? "" : "e\(Int.random(in: -40...40, using: &random))"
      let text = "\(Bool.random(using: &random) ? "-" : "")\(whole).\(zeros)\(fraction)\(exponent)"
      #expect(DecimalNumber.parse(text)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test func randomDoubles() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200_000 {
      let value = Double.random(in: 0...1, using: &random)
      #expect(DecimalNumber.parse("\(value)") == value)
      let any = Double(bitPattern: UInt64.random(in: 0...(.max), using: &random))
      if any.isFinite { #expect(DecimalNumber.parse("\(any)") == any, "\(any)") }
    }
  }

  @Test func otherMarksAndPercentagesAreRoundedOnce() {
    for text in [
      "12.3", "0.1", "87.5", "1e2", "0.30000000000000004", "99.99999999999999999999", "4503599627370497.5",
      "1.5e-7",
    ] {
      let comma = text.replacing(".", with: ",")
      #expect(DecimalNumber.parse(comma, decimal: .comma) == DecimalNumber.parse(text), "\(text)")
      let shifted = Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0, shift: -2) }
      let written =
        text.contains("e")
        ? "\(text.split(separator: "e")[0])e\((Int(text.split(separator: "e")[1]) ?? 0) - 2)" : text + "e-2"
      #expect(shifted == strtod(written, nil), "\(text)")
    }
    #expect(
      DecimalNumber.parse("0.5", decimal: .comma) == nil
        && DecimalNumber.parse("1.000,5", decimal: .comma) == nil)
  }
}
