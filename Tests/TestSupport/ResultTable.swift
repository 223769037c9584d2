internal import Foundation

/// `rows.csv` as a user's script reads it.
public struct ResultTable: Sendable {
  public let rows: [[String: String]]

  public init(contentsOfFile path: String) throws {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(
      ResultTable.fields)
    let header = lines.first ?? []
    rows = lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The headline row of a metric in a group.
  public func row(_ metric: String, in subgroup: String = "", model: String? = nil, finding: String? = nil)
    -> [String: String]?
  {
    rows.first { row in
      row["metric"] == metric && row["subgroup"] == subgroup && row["subgroup_minus"] == "" && row["at"] == ""
        && row["outputs"] == "primary" && (model == nil || row["model"] == model)
        && (finding == nil || row["finding"] == finding)
    }
  }

  /// NaN where there is none, which no comparison survives.
  public func number(
    _ metric: String, _ column: String = "value", in subgroup: String = "", model: String? = nil,
    finding: String? = nil
  ) -> Double {
    row(metric, in: subgroup, model: model, finding: finding)?[column].flatMap(Double.init) ?? .nan
  }

  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
