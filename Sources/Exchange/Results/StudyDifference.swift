/// What differs between two studies, and why: the plan, the data, or the tool.
public struct StudyDifference: Sendable {
  public struct Change: Hashable, Sendable {
    /// What it is of: a key of the plan, a file, a row by its key.
    public let place: String
    /// Nil where it is in one of the two only.
    public let old: String?
    public let new: String?
  }

  /// The reasons first, then what follows from them. Parts without a change are left out.
  public let parts: [(name: String, changes: [Change])]

  public var isEmpty: Bool { parts.isEmpty }

  /// Which of plan, mapping, data and tool differ.
  public var causes: [String] { parts.map(\.name).filter(Self.causeNames.contains) }

  private static let causeNames = ["plan", "mapping", "inputs", "tool"]
  private static let rowKey = [
    "model", "model_minus", "finding", "subgroup", "subgroup_minus", "metric", "at", "outputs",
  ]
  private static let judgementKey = ["criterion", "finding", "model", "subgroup", "subgroup_minus"]

  /// - Parameters: Texts of two `study.json`.
  /// - Returns: Nil where one of them is none.
  public init?(from old: String, to new: String) {
    guard let old = JSONValue(parsing: old), let new = JSONValue(parsing: new),
      old["schema"] == .text("equipoise.study/1"), new["schema"] == .text("equipoise.study/1")
    else { return nil }
    func keyed(_ name: String, by key: [String]) -> [Change] {
      Self.changes(Self.entries(old[name], by: key), Self.entries(new[name], by: key))
    }
    func leaves(_ value: (JSONValue) -> JSONValue?) -> [Change] {
      Self.changes(Self.leaves(value(old) ?? .null), Self.leaves(value(new) ?? .null))
    }
    let parts = [
      ("plan", leaves { $0["plan"]?["protocol_text"] }), ("mapping", leaves { $0["plan"]?["mapping_text"] }),
      ("inputs", keyed("inputs", by: ["path"])), ("tool", leaves { $0["tool"] }),
      ("verdict", leaves { $0["verdict"] }), ("judgements", keyed("judgements", by: Self.judgementKey)),
      ("rows", keyed("rows", by: Self.rowKey)),
      ("fairness", keyed("fairness", by: ["model", "finding", "attribute", "definition"])),
      ("generalisability", keyed("generalisability", by: ["model", "finding", "attribute", "metric"])),
      ("heterogeneity", keyed("heterogeneity", by: ["model", "finding", "attribute", "metric"])),
      ("recalibration", keyed("recalibration", by: ["finding", "model"])),
      ("resampled", keyed("resampled", by: ["model", "finding", "subgroup", "metric"])),
      ("shrunken", keyed("shrunken", by: ["model", "finding", "subgroup", "metric"])),
      ("simultaneous_gaps", keyed("simultaneous_gaps", by: ["model", "finding", "metric"])),
      ("slices", keyed("slices", by: ["model", "finding", "metric"])),
      ("cohort", leaves { $0["cohort"] }),
      ("brier_parts", keyed("brier_parts", by: ["finding", "model"])),
      ("curves", keyed("curves", by: ["finding", "kind", "model", "subgroup"])),
      ("distributions", keyed("distributions", by: ["finding", "kind", "model"])),
    ]
    self.parts = parts.filter { !$0.1.isEmpty }.map { (name: $0.0, changes: $0.1) }
  }

  private struct Leaf {
    let place: String
    let value: String
  }

  /// One for each changed member of an entry, which is found by its key in both.
  private static func entries(_ list: JSONValue?, by key: [String]) -> [Leaf] {
    (list?.elements ?? []).flatMap { entry -> [Leaf] in
      let name = key.compactMap { entry[$0]?.plain }.filter { !$0.isEmpty }.joined(separator: ", ")
      guard case .object(let members) = entry else { return [] }
      return members.filter { !key.contains($0.key) }.map {
        Leaf(place: name + ": " + $0.key, value: $0.value.plain)
      }
    }
  }

  /// Every scalar with its path; elements of a list go by their id or name where they have one.
  private static func leaves(_ value: JSONValue, at path: String = "") -> [Leaf] {
    switch value {
    case .object(let members):
      return members.flatMap { leaves($0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") }
    case .array(let elements) where elements.contains { if case .object = $0 { true } else { false } }:
      return elements.enumerated().flatMap { index, element in
        let keys = ["id", "name", "finding", "box"].compactMap { element[$0]?.plain }
        return leaves(element, at: "\(path)[\(keys.first ?? "\(index)")]")
      }
    default: return [Leaf(place: path, value: value.plain)]
    }
  }

  /// In the order of the old one; what only the new one has stands behind.
  private static func changes(_ old: [Leaf], _ new: [Leaf]) -> [Change] {
    let news = Dictionary(new.map { ($0.place, $0.value) }) { first, _ in first }
    let olds = Set(old.map(\.place))
    return old.compactMap { leaf in
      let other = news[leaf.place]
      return other == leaf.value ? nil : Change(place: leaf.place, old: leaf.value, new: other)
    }
      + new.filter { !olds.contains($0.place) }.map {
        Change(place: $0.place, old: nil, new: $0.value)
      }
  }
}

extension StudyDifference {
  private static let shownChanges = 30

  /// For a terminal: the reasons in one sentence, then each part with its first changes.
  public var text: String {
    guard !isEmpty else { return "The two studies are the same.\n" }
    let why =
      causes.isEmpty
      ? "Plan, inputs and tool are the same: the results were made on another platform, or changed afterwards."
      : "What differs before the results: \(causes.joined(separator: ", "))."
    var lines = [why]
    for (name, changes) in parts {
      lines += ["", "\(name) (\(changes.count))"]
      for change in changes.prefix(Self.shownChanges) {
        lines.append("  \(visible(change.place)): \(side(change.old)) → \(side(change.new))")
      }
      if changes.count > Self.shownChanges {
        lines.append("  and \(changes.count - Self.shownChanges) more; --json lists all")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func side(_ value: String?) -> String {
    guard let value else { return "(absent)" }
    return value.isEmpty ? "(none)" : visible(value)
  }

  /// Of one line, and nothing that moves a cursor.
  private func visible(_ text: String) -> String {
    let shown = text.unicodeScalars.prefix(120).reduce(into: "") { shown, scalar in
      shown.unicodeScalars.append(scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar)
    }
    return text.unicodeScalars.count > 120 ? shown + "…" : shown
  }

  /// Every change, for programs.
  public var json: String {
    var writer = JSONWriter(linedDepth: 3)
    writer.object { writer in
      writer.member("causes", causes)
      writer.member("changes") { writer in
        writer.array(parts.flatMap { part in part.changes.map { (part.name, $0) } }) { writer, entry in
          writer.object {
            $0.member("new", entry.1.new)
            $0.member("old", entry.1.old)
            $0.member("part", entry.0)
            $0.member("place", entry.1.place)
          }
        }
      }
      writer.member("equal", isEmpty)
    }
    writer.endLine()
    return writer.text
  }
}
