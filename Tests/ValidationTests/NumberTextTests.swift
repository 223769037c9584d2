import Testing
import Validation

@Suite struct NumberTextTests {
  @Test(arguments: [
    (7.0, "7"), (999.96, "1,000.0"), (1234, "1,234"), (1234.56, "1,234.6"), (1_234_567.0, "1,234,567"),
    (-1234.5, "−1,234.5"),
  ])
  func sizesAreSeparated(_ size: Double, _ text: String) { #expect(NumberText.size(size) == text) }
}
