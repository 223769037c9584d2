internal import Fuzzing
internal import Validation

/// Any bytes as files of cases and two files that are joined to them.
///
/// The first bytes choose keys, prefixes, units and exclusions; the rest are the files, between group separators. A table of
/// text begins with its header here, so that the input is about its rows; JSON brings its own names.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJoins(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  var input = FuzzInput(data, size)
  let block = 1 + input.number() % 64
  let endings = [input.choice("csv", "jsonl"), input.choice("csv", "jsonl", "tsv"), "csv"]
  let definition = CohortDefinition(choosing: &input, endings: endings)
  for (index, bytes) in input.files(3).enumerated() {
    Scratch.write(header(columns[index], endings[index]) + bytes, to: "\(index).\(endings[index])")
  }
  // Of JSON, the first rows tell which columns there are: as many as the first blocks hold.
  let hasOwnNames = endings.contains("jsonl")
  Reading(definition, from: definition.cases, mark: hasOwnNames ? nil : "Zq7")
    .check(block: hasOwnNames ? nil : block)
  return 0
}

private let columns = [
  ["i", "k", "e", "p", "u", "s", "c", "g", "w"],  // cases
  ["k", "e", "l", "d", "v", "a", "q"],  // what is joined by a key of theirs
  ["p", "h"],  // what is joined by a patient, or by a column of the file before
]

private func header(_ names: [String], _ ending: String) -> [UInt8] {
  ending == "jsonl" ? [] : Array((names.joined(separator: ending == "tsv" ? "\t" : ",") + "\n").utf8)
}

extension CohortDefinition {
  fileprivate init(choosing input: inout FuzzInput, endings: [String]) {
    let b = input.choice("", "B.")
    self.init(
      cases: [CaseFile("0." + endings[0])], date: .init(column: b + "d"),
      reference: .init(
        column: b + "l", positive: ["1"], negative: input.choice(nil, ["0"]), equivocal: ["?"]),
      models: [
        .init(
          name: "A", score: "s", decision: .init(column: "c", positive: ["y"], negative: ["n"]),
          operatingPoints: [.init(name: "t", threshold: 0.5)], isProbability: true),
        .init(
          name: "B", score: b + "v", operatingPoints: [.init(name: "t", threshold: 60)],
          direction: .higherMeansNegative, indeterminate: ["F"]),
      ],
      attributes: [
        .init(name: "g", column: "g"), .init(name: "a", column: b + "a", levels: .bands([18, 45])),
        .init(name: "w", column: "w", severalAnswers: .separated(by: ";")),
      ])
    caseColumn = input.choice(nil, "i")
    patientColumn = input.choice(nil, "p")
    let key = { JoinDefinition.KeyPair(here: $0, there: $1) }
    joins = [
      JoinDefinition(
        file: CaseFile("1." + endings[1]),
        keys: input.choice(
          [key("k", "k")], [key("i", "k")], [key("k", "k"), key("e", "e")], [key("p", "e")]),
        prefix: b, unmatched: input.choice(.refuse, .count, .exclude))
    ]
    if let here = input.choice(nil, "p", b + "q") {
      joins.append(
        JoinDefinition(
          file: "2.csv", keys: [key(here, "p")],
          unmatched: joins[0].unmatched == .exclude ? .exclude : .count))
      attributes.append(.init(name: "h", column: "h"))
    }
    if let columns = input.choice(nil, ["u"], ["u", "p"], [b + "q"]) {
      unit = UnitDefinition(
        columns: columns, score: input.choice(.max, .mean, .min, .first), decision: input.choice(.any, .all),
        reference: input.choice(.any, .all))
    }
    if let second = input.choice(nil, "g") {
      findings[0].id = "first"
      findings.append(
        FindingDefinition(
          id: "second", reference: .init(column: second, positive: ["x"], equivocal: ["?"]),
          models: [models[0]]))
    }
    func rule(_ number: Int, _ conditions: (String, ExclusionRule.Test)...) -> ExclusionRule {
      ExclusionRule(
        id: "E\(number)", reason: "fuzzed", conditions: conditions.map { .init(column: $0.0, test: $0.1) },
        isOutsideIntendedUse: number == 2, dependsOnResult: true)
    }
    exclusions = input.choice(
      [],
      [
        rule(1, ("u", .isOneOf(["S1", "1"]))), rule(2, (b + "a", .below(18))), rule(3, ("s", .missing(true))),
      ],
      [rule(1, (b + "d", .before(20_240_101))), rule(2, (b + "d", .from(20_260_101)))],
      [rule(1, (b + "q", .isNoneOf(["ok"])), ("g", .missing(false))), rule(2, ("s", .atLeast(0.9)))],
      [rule(1, (b + "d", .isNot(.last, of: ["u"]))), rule(2, ("s", .isNot(.first, of: ["p", b + "q"])))],
      [
        ExclusionRule(
          id: "E1", reason: "fuzzed",
          conditions: [
            .init(attribute: "a", test: .below(18)), .init(attribute: "w", test: .isNoneOf(["x"])),
          ]), rule(2, ("u", .isOneOf(["S1", "1"]))),
      ])
    spelling = Spelling(
      ids: input.choice(
        [], [], [.letterCase, .spaces], [.fileEndings, .dashes, .decimalPoint, .leadingZeros], [.number]),
      values: input.choice([], [], [.letterCase], Spelling.Difference.ofValues))
  }
}

@_cdecl("FuzzJoins_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  fuzz(count, arguments, fuzzJoins)
}
