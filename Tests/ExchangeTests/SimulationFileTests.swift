import Exchange
import Testing
import Validation

struct SimulationFileTests {
  static let recipe = """
    simulation: {id: cxr, seed: 1, patients: 1000, images_per_patient: 4, intraclass_correlation: 0.5, positive_image_share: 0.7}
    months: {from: 2025-03, count: 24}
    attributes:
      age: {normal: {mean: 60, sd: 16}, range: [18, 95], missing: 0.01}
      sex: {levels: {Female: 0.52, Male: 0.48}}
    condition: {prevalence: 0.12}
    model: {separation: 2.0, failure_rate: 0.01}
    effects:
      - {when: {sex: Female, age: {at_least: 65}, month: {at_least: 14}}, separation: 1.2, logit_shift: 0.5}

    """

  @Test func recipeIsRead() throws {
    let spec = try SimulationFile.read(SimulationFileTests.recipe, file: "spec.yaml")
    #expect(spec.patients == 1000 && spec.imagesPerPatient == 4 && spec.positiveImageShare == 0.7)
    #expect(spec.firstMonth == 2025 * 12 + 2 && spec.months == 24)
    #expect(spec.attributes.map(\.name) == ["age", "sex"])
    #expect(
      spec.effects == [
        SimulatedEffect(
          when: [
            .level(attribute: "sex", is: "Female"), .number(attribute: "age", atLeast: 65, below: nil),
            .month(atLeast: 14, below: nil),
          ], separation: 1.2, logitShift: 0.5)
      ])
  }

  @Test(arguments: [
    ("0.48", "0.4", "5:17: the shares sum to 0.920000, expected 1"),
    ("from: 2025-03", "from: March", "2:16: months.from is \"March\", expected yyyy-MM"),
    ("{sex: Female", "{sex: Femal", "9:18: no level of sex; did you mean \"Female\"?"),
    ("range: [18, 95], ", "", "4:17: \"normal\" needs \"range\": [least, most]"),
    ("separation: 2.0, ", "", "7:8: model lacks \"separation\""),
  ])
  func refusalNamesThePlace(_ old: String, _ new: String, _ line: String) throws {
    let yaml = SimulationFileTests.recipe.replacing(old, with: new)
    let error = #expect(throws: DocumentErrors.self) { try SimulationFile.read(yaml, file: "spec.yaml") }
    let message = try #require(error).description
    #expect(message == "spec.yaml:" + line)
  }
}
