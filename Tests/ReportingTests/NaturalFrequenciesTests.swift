import Reporting
import Testing

@Suite struct NaturalFrequenciesTests {
  @Test func addUpEverywhere() {
    for prevalence in [0.0004, 0.013, 0.2, 0.5, 0.9995] {
      for sensitivity in [0, 0.333, 0.915, 1] {
        for specificity in [0, 0.5, 0.9217, 1] {
          let people = NaturalFrequencies(
            prevalence: prevalence, sensitivity: sensitivity, specificity: specificity)
          #expect(people.flaggedWithCondition + people.missed == people.withCondition)
          #expect(people.flaggedWithoutCondition + people.clearedWithoutCondition == people.withoutCondition)
          #expect(people.withCondition + people.withoutCondition == people.total)
          #expect(people.missed >= 0 && people.clearedWithoutCondition >= 0)
        }
      }
    }
  }

  @Test func countsInThousandsUntilTheConditionIsRare() {
    #expect(NaturalFrequencies(prevalence: 0.02, sensitivity: 1, specificity: 1).total == 1000)
    #expect(NaturalFrequencies(prevalence: 0.002, sensitivity: 1, specificity: 1).total == 10_000)
    #expect(NaturalFrequencies(prevalence: 0.0002, sensitivity: 1, specificity: 1).total == 100_000)
  }
}
