import Reporting
import Testing
import Validation

/// Measures that depend on prevalence, in every table and figure.
@Suite struct OwnPrevalenceTests {
  private func page(_ sampling: Sampling, weights: Bool = false) throws -> String {
    let study = try SimulatedStudy.study(weights: weights) {
      $0.cohort.sampling = sampling
      $0.criteria = []
      // Without sensitivity, specificity and AUC these are the headlines; the last carries over.
      $0.metrics = ["ppv", "accuracy", "balanced_accuracy", "prevalence"]
      $0.prevalences = [0.02]
    }
    return Report(on: study, provenance: SampleStudy.provenance).html
  }

  private static let note =
    "Positive predictive value and Accuracy depend on how common the condition is: grey, as they hold only in this test set."

  @Test(arguments: [Sampling.enriched, .convenience]) func areGreyEverywhere(_ sampling: Sampling) throws {
    let (page, usual) = (try page(sampling), try page(.consecutive))
    let text = words(of: page)
    // By sex, ethnicity, site and their crossing; gaps; failed outputs.
    #expect(text.count(of: Self.note) >= 6)
    #expect(text.contains("Positive predictive value by sex (holds only in this test set)"))
    #expect(!text.contains("Balanced accuracy by sex (holds"))
    #expect(text.contains("Positive predictive value and Accuracy hold only in this test set."))
    #expect(page.count(of: "muted") > usual.count(of: "muted") + 30)
    #expect(!words(of: usual).contains("only in this test set"))
    #expect(tagProblems(in: page) == [])
  }

  @Test func weightsCarryThemOver() throws {
    let (page, usual) = (try page(.enriched, weights: true), try page(.consecutive))
    let text = words(of: page)
    #expect(!text.contains("only in this test set"))
    #expect(page.count(of: "muted") <= usual.count(of: "muted") + 2)
    for part in [
      "estimates are weighted back to the population it was drawn from (column “w”)",
      "(enriched sample, weighted by “w”)", "it holds at the weighted prevalence",
      "Every estimate is weighted by the sampling weights of the cases (column “w”, from 1 to 4, sum",
      "Cases as they were sampled: the measures below are weighted, these counts are not.", ", weighted",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(tagProblems(in: page) == [])
  }
}
