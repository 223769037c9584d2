import Ingestion
import Statistics
import Testing
import Validation

@Suite("Rules that keep the last or the first of several rows")
struct RowOrderTests {
  /// What a cell says, and the seconds of March 2025 that it may mean, worked out by hand.
  typealias Written = (cell: String, from: Double, to: Double)

  private static let moments: [Written] = [
    ("2025-03-01", 0, 86_399), ("20250302", 86_400, 172_799), ("2025-03-01T08:00:05", 28_805, 28_805),
    ("20250301 08:00", 28_800, 28_859), ("2025-03-01 9:30:00 PM", 77_400, 77_400),
    ("2025-03-02 00:00:00", 86_400, 86_400), ("2025-03-03T01", 176_400, 179_999),
    ("2025-03-03 12:00:00.5", 216_000, 216_000),
  ]
  private static let withOffsets: [Written] = [
    ("2025-03-01T08:00:00Z", 28_800, 28_800), ("2025-03-01T08:30:00+01:00", 27_000, 27_000),
    ("2025-02-28T23:00:00-10:00", 32_400, 32_400), ("2025-03-01T12:00+0400", 28_800, 28_859),
  ]
  private static let numbers: [Written] = [
    ("9", 9, 9), ("10", 10, 10), ("9.0", 9, 9), ("-1e1", -10, -10), ("20250301", 20_250_301, 20_250_301),
  ]

  struct Row {
    var values: [String: String]
    var order: Written?
  }

  /// Which rule leaves each row out; or, at the first rule that cannot tell, the lines it names.
  private enum Outcome: Equatable {
    case left([String?])
    case refused(rule: String, lines: [Int])
  }

  private func naive(_ rows: [Row], _ rules: [ExclusionRule]) -> Outcome {
    var left = [String?](repeating: nil, count: rows.count)
    for rule in rules {
      let kept = rows.indices.filter { left[$0] == nil }
      func plain(_ row: Int) -> Bool {
        rule.conditions.allSatisfy { condition in
          let cell = rows[row].values[condition.columns[0]] ?? ""
          return switch condition.test {
          case .isOneOf(let values): values.contains(cell)
          case .missing(let isMissing): cell.isEmpty == isMissing
          default: true
          }
        }
      }
      var isMet = kept.filter(plain)
      for case .isNot(let end, let key) in rule.conditions.map(\.test) {
        func peers(_ row: Int) -> [Int] {
          let own = key.map { rows[row].values[$0] ?? "" }
          return own.contains("")
            ? [] : kept.filter { other in other != row && key.map { rows[other].values[$0] ?? "" } == own }
        }
        func isBeyond(_ one: Int, _ other: Int) -> Bool {
          guard let one = rows[one].order, let other = rows[other].order else { return false }
          return end == .last ? one.from > other.to : one.to < other.from
        }
        let touched = kept.filter { row in
          !peers(row).isEmpty && (peers(row) + [row]).contains(where: isMet.contains)
        }
        let silent = touched.filter { rows[$0].order == nil }
        let ends = touched.filter { row in
          rows[row].order != nil && !peers(row).contains { isBeyond($0, row) }
        }
        let tied = ends.filter { row in peers(row).contains { $0 < row && ends.contains($0) } }
        let wrong = (silent + tied).sorted()
        if !wrong.isEmpty { return .refused(rule: rule.id, lines: wrong.map { $0 + 2 }) }
        isMet = isMet.filter { touched.contains($0) && !ends.contains($0) }
      }
      for row in isMet { left[row] = rule.id }
    }
    return .left(left)
  }

  private func ours(_ rows: [Row], _ rules: [ExclusionRule], isJoined: Bool, block: Int) throws -> Outcome {
    let directory = try TemporaryDirectory()
    let names = ["k", "q", "v"] + (isJoined ? [] : ["t"])
    func cells(_ row: Int) -> String {
      names.map { rows[row].values[$0] ?? "" }.joined(separator: ",")
    }
    // The score is the number of the row. The last two stand alone, so that both classes are there whatever is left.
    let lines = rows.indices.map { "\($0),\($0 % 2),\($0),\(cells($0))\n" }
    let ends = [0, 1].map {
      "e\($0),\($0),\(rows.count + $0)" + String(repeating: ",", count: names.count) + "\n"
    }
    try directory.write(
      "cases.csv", "id,label,score,\(names.joined(separator: ","))\n" + (lines + ends).joined())
    try directory.write(
      "t.csv", "id,t\n" + rows.indices.map { "\($0),\(rows[$0].values["t"] ?? "")\n" }.joined())
    let definition = CohortDefinition.simple().with {
      $0.exclusions = rules
      if isJoined {
        $0.joins = [
          JoinDefinition(file: "t.csv", keys: [.init(here: "id", there: "id")], unmatched: .count)
        ]
      }
    }
    do throws(InputErrors) {
      let cohort = try readCohort(
        definition, from: ["cases.csv"], relativeTo: directory.path,
        sizes: BlockSizes(block: block, blocksInBatch: 2), workers: .threads(2)
      ).cohort
      let kept = Set((cohort.models[0].scores ?? []).map { Int($0) })
      let counts = cohort.flow.exclusions.map(\.rows)
      #expect(counts.reduce(0, +) + kept.count == rows.count + 2)
      // Which rule left a row out is told by counts alone.
      guard case .left(let expected) = naive(rows, rules) else { return .left([]) }
      #expect(counts == rules.map { rule in expected.count { $0 == rule.id } })
      return .left(expected.indices.map { kept.contains($0) ? nil : expected[$0] ?? "none" })
    } catch {
      func rule(_ error: InputError) -> String? {
        switch error.kind {
        case .missingOrder(let rule, _), .tiedRows(let rule, _, _): rule
        default: nil
        }
      }
      #expect(error.all.allSatisfy { rule($0) != nil }, "\(error)")
      let first = rules.map(\.id).first { id in error.all.contains { rule($0) == id } } ?? ""
      let lines = error.all.filter { rule($0) == first }
      #expect(lines.allSatisfy { ($0.column == 7) != isJoined && $0.file == "cases.csv" })
      return .refused(rule: first, lines: lines.compactMap(\.line))
    }
  }

  @Test(arguments: 0..<500) func asOneWouldByHand(_ seed: UInt64) throws {
    var random = RandomStream(0x6b65_6570, seed)
    let pool = [Self.moments, Self.withOffsets, Self.numbers].randomElement(using: &random) ?? []
    let isHard = Bool.random(using: &random)
    let rows = (0..<Int.random(in: 2...9, using: &random)).map { _ in
      let order =
        isHard && Int.random(in: 0..<8, using: &random) == 0 ? nil : pool.randomElement(using: &random)
      return Row(
        values: [
          "k": ["", "a", "b", "c"].randomElement(using: &random) ?? "", "t": order?.cell ?? "",
          "q": ["", "x", "y"].randomElement(using: &random) ?? "",
          "v": ["1", "2"].randomElement(using: &random) ?? "",
        ], order: order)
    }
    let rules = (0..<Int.random(in: 1...3, using: &random)).map { index in
      let order = ExclusionRule.Condition(
        column: "t",
        test: .isNot(
          Bool.random(using: &random) ? .last : .first,
          of: [["k"], ["q"], ["k", "q"], ["v", "k"]].randomElement(using: &random) ?? []))
      let plain = ExclusionRule.Condition(
        column: Bool.random(using: &random) ? "v" : "t",
        test: Bool.random(using: &random) ? .isOneOf(["2"]) : .missing(true))
      let conditions =
        [[order], [order, plain], [plain], [plain, order]].randomElement(using: &random) ?? []
      // The two rows that stand alone have no value either.
      let missing = ExclusionRule.Condition(column: "v", test: .missing(false))
      return ExclusionRule(id: "E\(index)", reason: "r", conditions: conditions + [missing])
    }
    #expect(
      try ours(
        rows, rules, isJoined: Bool.random(using: &random), block: Bool.random(using: &random) ? 11 : 4096)
        == naive(rows, rules))
  }

  private func said(
    _ cells: [String], format: String? = nil, _ change: (inout CohortDefinition) -> Void = { _ in }
  ) -> String {
    let definition = CohortDefinition.simple().with {
      $0.exclusions = [
        ExclusionRule(
          id: "E", reason: "r",
          conditions: [
            .init(column: "t", test: .isNot(.last, of: ["k"]), format: format.flatMap(DateFormat.init))
          ])
      ]
      change(&$0)
    }
    let rows = cells.enumerated().map { "\($0 == 0 ? 1 : 0),\($0),a,\"\($1)\"\n" }
    return complaint("label,score,k,t\n1,7,b,\n0,8,c,\n" + rows.joined(), definition)
  }

  @Test func cellsThatCannotBeReadAreRefused() {
    #expect(said(["2025-03-01", "2025-03-02"]) == "(accepted)")
    #expect(
      said(["13.03.2025", "14.03.2025"]).contains("in the rule's condition, for example format: dd.MM.yyyy"))
    #expect(said(["01.03.2025", "02.03.2025"], format: "dd.MM.yyyy") == "(accepted)")
    #expect(
      said(["01/03/2025", "02/03/2025"]).contains("in the rule's condition, format: dd/MM/yyyy or format:"))
    #expect(said(["2025-03-32", "2025-03-02"]).contains("a day that no calendar has"))
    #expect(said(["1", "2", "x"]).contains("expected a number"))
    #expect(said(["45000.25", "45000.5"], format: "excel") == "(accepted)")
    #expect(said(["45000", "45000.5"], format: "excel").contains("either may be the last of its \"k\""))
  }

  /// Where it is the cohort's date, that one's format and zone hold.
  @Test func theDateOfTheCohortIsReadAsItSays() {
    let cells = ["1.3.2025 12:00", "1.3.2025 20:00-05:00"]
    func date(_ zone: String?) -> (inout CohortDefinition) -> Void {
      {
        $0.date = DateColumn(
          column: "t", format: DateFormat("d.M.yyyy"), zone: zone.flatMap(ZoneOffset.init),
          missing: ["", "?"])
      }
    }
    #expect(said(cells, date("Z")) == "(accepted)")
    // Without a zone nobody knows how far 12:00 lies from what has an offset.
    #expect(said(cells, date(nil)).contains("either may be the last"))
    #expect(said(["1.3.2025 12:00", "4.3.2025 09:00-05:00"], date(nil)) == "(accepted)")
    #expect(said(["1.3.2025", "?"], date("Z")).contains("nothing here by which to order"))
  }
}
