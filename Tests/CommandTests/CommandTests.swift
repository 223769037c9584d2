import TestSupport
import Testing

struct HelpTests {
  @Test(arguments: [
    ["--help"], ["validate", "--help"], ["simulate", "--help"], ["metrics", "--help"], ["schema", "--help"],
  ])
  func everyHelpHasAnExample(_ arguments: [String]) throws {
    let folder = try ScratchFolder()
    let outcome = try Equipoise.run(arguments, in: folder.path)
    #expect(outcome.status == 0 && outcome.output.contains("EXAMPLE"))
  }
}
