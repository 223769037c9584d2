import Reporting
import Statistics
import Testing
import Validation

@Suite struct ReportTests {
  static let variants: [(name: String, sample: SampleStudy)] = {
    var bare = SampleStudy()
    bare.attributes = []
    bare.intersections = []
    bare.criteria = false
    bare.patients = nil
    bare.hasMonths = false
    var decisions = SampleStudy()
    decisions.models = [
      ModelDefinition(name: "Reader report", decision: DecisionColumn(column: "read", positive: ["abnormal"]))
    ]
    var three = SampleStudy()
    three.models += [
      ModelDefinition(
        name: "Vendor B", score: "b", operatingPoints: [OperatingPoint(name: "primary", threshold: 40)]),
      ModelDefinition(name: "Reader", decision: DecisionColumn(column: "read", positive: ["abnormal"])),
    ]
    var perfect = SampleStudy()
    perfect.perfectAUC = true
    perfect.failedPositives = 0
    perfect.failedNegatives = 0
    perfect.margin = nil
    perfect.sampling = .enriched
    return [
      ("one model", SampleStudy()), ("nothing but a score", bare), ("decisions only", decisions),
      ("three models", three), ("AUC of 1", perfect), ("a hundred groups", .manyGroups),
    ]
  }()

  static func page(_ sample: SampleStudy) -> String {
    Report(on: sample.study, provenance: SampleStudy.provenance).html
  }

  @Test(arguments: variants.indices) func isWellFormed(_ index: Int) {
    #expect(tagProblems(in: Self.page(Self.variants[index].sample)) == [])
  }

  @Test(arguments: variants.indices) func holdsNoNumberThatIsNone(_ index: Int) {
    let tokens = Self.page(Self.variants[index].sample).lowercased()
      .split { !$0.isLetter && !$0.isNumber }
    #expect(!tokens.contains("nan") && !tokens.contains("inf") && !tokens.contains("nil"))
    #expect(!tokens.contains("optional"))
  }

  @Test(arguments: variants.indices) func isTheSameTwice(_ index: Int) {
    let sample = Self.variants[index].sample
    #expect(Self.page(sample) == Self.page(sample))
  }

  @Test(arguments: variants.indices) func describesEveryFigureAndGivesItsNumbers(_ index: Int) {
    for figure in Self.page(Self.variants[index].sample).split(separator: "<figure").dropFirst() {
      let text = String(figure.prefix(upTo: figure.range(of: "</figure>")?.lowerBound ?? figure.endIndex))
      for part in ["<title id=", "<desc id=", "<figcaption>", "<details>", "<table>", "role=\"img\""] {
        #expect(text.contains(part), "\(part) missing")
      }
    }
  }

  @Test(arguments: variants.indices) func holdsItsTongue(_ index: Int) {
    let text = words(of: Self.page(Self.variants[index].sample)).lowercased()
    let tokens = Set(text.split { !$0.isLetter })
    for word in ["fair", "unbiased", "compliant", "approved", "fairness"] {
      #expect(!tokens.contains(Substring(word)), "says \(word)")
    }
    #expect(!text.contains("ground truth"))
  }

  /// With a comparator in place of a reference standard the whole report speaks of agreement.
  @Test func speaksOfAgreementWithAComparator() {
    var sample = SampleStudy()
    #expect(words(of: Self.page(sample)).contains("Sensitivity"))
    sample.isComparator = true
    let text = words(of: Self.page(sample)).lowercased()
    for word in ["sensitivity", "specificity", "reference standard", "accuracy"] {
      #expect(!text.contains(word), "says \(word)")
    }
    for word in ["positive percent agreement", "negative percent agreement", "comparator"] {
      #expect(text.contains(word), "does not say \(word)")
    }
  }

  @Test func asksNothingOfTheNetworkAndRunsNothing() {
    let page = Self.page(SampleStudy())
    for text in ["<script", "http://", "https://", "url(", "@import", "<link", "<img"] {
      #expect(!page.contains(text))
    }
  }

  @Test func escapesEveryUsersText() {
    var sample = SampleStudy()
    let attack = "<script>alert('x')</script>\"&"
    sample.title = attack
    sample.models[0].name = attack
    sample.models[0].operatingPoints[0].name = attack
    sample.attributes[0].name = attack
    sample.attributes[0].levels[0].name = attack
    let page = Self.page(sample)
    #expect(!page.contains("<script"))
    #expect(!page.contains("alert('x')"))
    #expect(page.contains("&lt;script&gt;"))
    // In the style, the title stands as a quoted string without any character that could end it.
    let style = page.prefix(upTo: page.range(of: "</style>")?.lowerBound ?? page.startIndex)
    #expect(!style.suffix(9000).contains("alert("))
    #expect(tagProblems(in: page) == [])
  }

  @Test func marksWhatIsNotAssessable() {
    let page = Self.page(SampleStudy())
    #expect(
      page.contains(
        "<tr class=\"muted\"><th scope=\"row\">&lt;18<span class=\"line-note\">not assessable</span>"))
    #expect(page.contains("undefined: no positives"))
    #expect(page.contains("class=\"hollow\""))
  }

  @Test func addsUpInTheFlow() {
    let page = Self.page(SampleStudy())
    for text in ["2,190", "2,140", ">440<", ">1,700<", "Flagged: 400", "No output: 6", "Not flagged: 34"] {
      #expect(page.contains(text), "\(text) missing")
    }
    #expect(400 + 34 + 6 == 440 && 2140 + 38 + 12 == 2190)
  }

  @Test func numbersItsPartsInOrder() {
    let page = Self.page(SampleStudy())
    for number in 1...8 {
      #expect(
        page.contains("<div class=\"table\" id=\"T\(number)\">")
          || page.contains("<div class=\"table long\" id=\"T\(number)\">"))
    }
    for number in 1...8 { #expect(page.contains("<figure id=\"F\(number)\">")) }
  }

  @Test func saysTheVerdictInWords() {
    #expect(words(of: Self.page(SampleStudy())).contains("the goal was not shown"))
    #expect(words(of: Self.page(Self.variants[1].sample)).contains("no criteria"))
  }

  @Test func isFastWithAHundredGroups() {
    let study = SampleStudy.manyGroups.study
    let clock = ContinuousClock()
    let best = (0..<3).map { _ in
      clock.measure { _ = Report(on: study, provenance: SampleStudy.provenance).html }
    }.min()
    // A tenth of a second on a quiet machine; a test among others on two cores gets five times that.
    #expect((best ?? .seconds(9)) < .milliseconds(500))
  }
}

extension SampleStudy {
  /// A hundred sites with long names, all metrics of the catalogue.
  static let manyGroups: SampleStudy = {
    var sample = SampleStudy()
    sample.metrics = Metric.catalog.map(\.id)
    sample.attributes[2] = (
      "hospital",
      (0..<100).map {
        (
          "University Teaching Hospital of the Northern and Western Regions, Department of Radiology, Site \($0 + 1)",
          $0 % 9 == 4 ? 0 : $0 % 7 == 3 ? 5 : 12 + $0, 60 + $0 * 3
        )
      }
    )
    return sample
  }()
}
