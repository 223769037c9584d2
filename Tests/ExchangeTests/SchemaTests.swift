import Exchange
import Testing

struct SchemaTests {
  @Test func schemasNameTheirKeys() {
    let plan = PlanFile.schema
    for key in ["\"study\"", "\"operating_points\"", "\"when_not_assessable\"", "\"brier_scaled\""] {
      #expect(plan.contains(key))
    }
    #expect(!plan.contains("\"verified\""), "what is not there is absent")
    #expect(SimulationFile.schema.contains("\"intraclass_correlation\""))
  }
}
