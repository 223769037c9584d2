internal import Fuzzing
internal import Validation

/// Any cells as dates, scores, labels, ages and levels.
///
/// The first bytes choose what the plan says of them; the rest are the rows of a table whose header stands.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzValues(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  var input = FuzzInput(data, size)
  let block = 1 + input.number() % 64
  let definition = CohortDefinition(choosing: &input)
  Scratch.write(Array("i;p;d;b;l;s;c;t;g;a;w;x\n".utf8) + input.files(1)[0], to: "f.csv")
  Reading(definition, from: definition.cases, mark: "Zq7").check(block: block)
  return 0
}

extension CohortDefinition {
  fileprivate init(choosing input: inout FuzzInput) {
    let format = TableFormat(delimiter: .semicolon, decimal: input.choice(.point, .comma))
    let tokens = input.choice(nil, ["99"], ["?", "-9"])
    let date = DateColumn.chosen("d", by: &input, missing: tokens)
    let isPercent = input.choice(false, true)
    let categories = ["1", "2", "3", "4A", "4B", "4C", "5"]
    let status = input.choice(nil, "t")
    self.init(
      cases: [CaseFile("f.csv", format: format)], format: format, caseColumn: input.choice(nil, "i"),
      patientColumn: input.choice(nil, "p"), date: date,
      reference: ReferenceColumn(
        column: "l", positive: ["1", "yes"], negative: input.choice(nil, ["0", "no"]), equivocal: ["u"],
        equivocalRule: input.choice(.excluded, .positive, .negative), missing: input.choice(nil, ["-1"]),
        separator: input.choice(nil, "|")),
      models: [
        ModelDefinition(
          name: "A", score: "s",
          decision: input.choice(nil, DecisionColumn(column: "c", positive: ["y"], negative: ["n"])),
          operatingPoints: [
            OperatingPoint(name: "low", threshold: 0.25), OperatingPoint(name: "high", threshold: 0.75),
          ], isProbability: input.choice(false, true), scale: isPercent ? .percent : .number,
          indeterminate: ["FAILED", "-1"], statusColumn: status, missing: tokens),
        ModelDefinition(
          name: "B", score: "c", operatingPoints: [OperatingPoint(name: "4A", threshold: 4, written: "4A")],
          direction: input.choice(.higherMeansPositive, .higherMeansNegative), scale: .ordinal(categories),
          indeterminate: ["FAILED"]),
      ].suffix(input.choice(1, 2)),
      missing: input.choice(CohortDefinition.defaultMissing, ["", "NA", "999"]),
      attributes: [
        AttributeDefinition(name: "as recorded", column: "g", missing: tokens),
        AttributeDefinition(
          name: "named", column: "g",
          levels: .named([
            NamedLevel(name: "Female", values: ["F", "f", "female", "2"]),
            NamedLevel(name: "Male", values: ["M", "male", "1.0"]),
          ])),
        AttributeDefinition(name: "age", column: "a", levels: .bands([18, 45.5, 90]), missing: tokens),
        AttributeDefinition(
          name: "separated", column: "w", severalAnswers: .separated(by: input.choice("|", ", "))),
        AttributeDefinition(
          name: "ticked", column: "w",
          severalAnswers: .columns(
            AnswerColumns(
              levels: [.init(level: "W", column: "w"), .init(level: "X", column: "x")], checked: ["1", "yes"])
          )),
      ].filter { _ in input.number() % 2 == 0 })
    if input.choice(false, true) {
      attributes.append(
        AttributeDefinition(
          name: "age at case", column: "b", levels: .bands([1, 18, 65]),
          birthDate: DateColumn.chosen("b", by: &input, missing: tokens)))
    }
    let rules = attributes.map { attribute in
      ExclusionRule(
        id: attribute.name, reason: "fuzzed",
        conditions: [
          .init(
            attribute: attribute.name, test: attribute.isNumeric ? .below(18) : .isOneOf(["Female", "1"]))
        ])
    }
    (weightColumn, exclusions) = input.choice((nil, []), (nil, rules), ("w", []))
  }
}

extension DateColumn {
  fileprivate static func chosen(_ column: String, by input: inout FuzzInput, missing: [String]?)
    -> DateColumn
  {
    let pattern = input.choice(
      nil, "dd.MM.yyyy", "M/d/yyyy", "dd-MMM-yyyy", "excel", "yyyyMMdd", "d MMM, yyyy", "yyyy-MM-dd HH:mm:ss")
    return DateColumn(
      column: column, format: pattern.flatMap { DateFormat($0) },
      zone: input.choice(nil, "Z", "+08:00", "-0930").flatMap { ZoneOffset($0) }, missing: missing)
  }
}

@_cdecl("FuzzValues_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  fuzz(count, arguments, fuzzValues)
}
