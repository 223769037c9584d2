import Reporting
import Testing

#if canImport(Glibc)
  import Glibc

  /// Writes every sample report into the folder that REPORT_SPECIMENS names, to be looked at.
  @Suite struct SpecimenTests {
    @Test(.enabled(if: getenv("REPORT_SPECIMENS") != nil), arguments: ReportTests.variants.indices)
    func write(_ index: Int) throws {
      try write(ReportTests.page(ReportTests.variants[index].sample), named: "\(index)")
    }

    @Test(.enabled(if: getenv("REPORT_SPECIMENS") != nil)) func writeSimulated() throws {
      let study = try SimulatedStudy.study()
      try write(Report(on: study, provenance: SampleStudy.provenance).html, named: "simulated")
    }

    private func write(_ page: String, named name: String) throws {
      let folder = String(cString: try #require(getenv("REPORT_SPECIMENS")))
      let file = try #require(fopen("\(folder)/\(name).html", "w"))
      fputs(page, file)
      fclose(file)
    }
  }
#endif
