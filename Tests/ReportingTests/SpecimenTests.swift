import Reporting
import Testing

#if canImport(Glibc)
  import Glibc

  /// Writes every sample report into the folder that REPORT_SPECIMENS names, to be looked at.
  @Suite struct SpecimenTests {
    @Test(.enabled(if: getenv("REPORT_SPECIMENS") != nil), arguments: ReportTests.variants.indices)
    func write(_ index: Int) throws {
      let folder = String(cString: try #require(getenv("REPORT_SPECIMENS")))
      let file = try #require(fopen("\(folder)/\(index).html", "w"))
      fputs(ReportTests.page(ReportTests.variants[index].sample), file)
      fclose(file)
    }
  }
#endif
