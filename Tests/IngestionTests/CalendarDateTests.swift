import Ingestion
import Testing
import Validation

@Suite("Dates are read as declared")
struct CalendarDateTests {
  private func month(_ text: String, _ pattern: String, zone: String? = nil) throws -> String? {
    let format = try #require(DateFormat(pattern))
    let definition = CohortDefinition.simple().with {
      $0.date = .init(column: "date", format: format, zone: zone.flatMap(ZoneOffset.init))
    }
    guard let cohort = try? read("label,score,date\n1,0,\"\(text)\"\n0,0,\"\(text)\"\n", definition),
      let month = cohort.months?.first
    else { return nil }
    return "\(month / 12)-\(month % 12 + 1)"
  }

  @Test(
    arguments: [
      ("31.03.2025", "dd.MM.yyyy", "2025-3"), ("31.03.2025 23:59", "dd.MM.yyyy HH:mm", "2025-3"),
      ("1/2/2025", "M/d/yyyy", "2025-1"), ("1/2/2025", "d/M/yyyy", "2025-2"),
      ("12/31/2025", "M/d/yyyy", "2025-12"),
      ("01-feb-2025", "dd-MMM-yyyy", "2025-2"), ("2 Mar 2024", "d MMM yyyy", "2024-3"),
      ("Mar 2, 2024", "MMM d, yyyy", "2024-3"),
      ("2025/01/31", "yyyy/MM/dd", "2025-1"), ("29.02.2024", "dd.MM.yyyy", "2024-2"),
      ("29.02.2023", "dd.MM.yyyy", nil),
      ("1.2.2025", "dd.MM.yyyy", nil), ("31.03.25", "dd.MM.yyyy", nil), ("31/03/2025", "dd.MM.yyyy", nil),
      ("2025-03-31", "dd.MM.yyyy", nil), ("31.03.2025x", "dd.MM.yyyy", nil),
      ("31.03.2025 25:00", "dd.MM.yyyy", nil),
      // Serial numbers as Excel counts them; 60 is the 29 February 1900 that never was.
      ("1", "excel", "1900-1"), ("59", "excel", "1900-2"), ("60", "excel", nil), ("61", "excel", "1900-3"),
      ("36526", "excel", "2000-1"), ("45716", "excel", "2025-2"), ("45717", "excel", "2025-3"),
      ("45716.99", "excel", "2025-2"),
      ("0", "excel", nil), ("-5", "excel", nil), ("2025-03-01", "excel", nil), ("99999999", "excel", nil),
    ] as [(String, String, String?)])
  func isRead(_ text: String, _ pattern: String, _ expected: String?) throws {
    #expect(try month(text, pattern) == expected)
  }

  @Test(arguments: [
    ("2025-01-31 23:30:00+00:00", "+01:00", "2025-2"), ("2025-02-01T00:30:00+01:00", "Z", "2025-1"),
    ("2025-02-01T00:30:00", "Z", "2025-2"), ("2025-12-31T23:00:00-0500", "+09:30", "2026-1"),
    ("2024-03-01T00:10Z", "-00:30", "2024-2"),
  ])
  func fallsOnTheDayOfTheZone(_ text: String, _ zone: String, _ expected: String) throws {
    #expect(try month(text, "yyyy-MM-dd", zone: zone) == expected)
  }

  @Test(arguments: [
    "", "dd.MM.yy", "MM.yyyy", "dd.mm.yyyy", "dd.MM.yyyy.dd", "dMyyyy", "Excel", "dd.MMMM.yyyy", "ddMMyyyyhh",
    "x",
  ])
  func isNoFormat(_ pattern: String) { #expect(DateFormat(pattern) == nil) }

  @Test func zonesAreFixedOffsets() {
    #expect(["Z", "+08:00", "-0530", "+01"].compactMap { ZoneOffset($0)?.minutes } == [0, 480, -330, 60])
    for text in ["", "Europe/Berlin", "CET", "+8", "+15:00", "08:00", "+08:60"] {
      #expect(ZoneOffset(text) == nil)
    }
  }
}
