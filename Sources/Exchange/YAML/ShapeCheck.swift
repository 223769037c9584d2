/// Holds a document against its shape and notes everything that does not fit.
struct ShapeCheck {
  var findings = Findings()

  mutating func check(_ node: YAML, is shape: Shape, named name: String) {
    switch shape {
    case .text:
      if node.text == nil { mismatch(node, shape, name) }
    case .texts:
      for item in node.items where item.text == nil { mismatch(item, shape, name) }
    case .flag:
      if node.flag == nil { mismatch(node, shape, name) }
    case .integer(let range):
      if !(node.integer.map(range.contains) ?? false) { mismatch(node, shape, name) }
    case .number(let range):
      if !(node.number.map(range.contains) ?? false) { mismatch(node, shape, name) }
    case .choice(let words, let later):
      checkWord(node, of: words, later: later, shape, name)
    case .list(let element, let atLeast):
      guard case .list(let items) = node.content else { return mismatch(node, shape, name) }
      if items.count < atLeast { findings.note("\"\(name)\" is empty", at: node.place) }
      for item in items { check(item, is: element, named: name) }
    case .map(let value):
      guard case .mapping(let entries) = node.content else { return mismatch(node, shape, name) }
      checkKeysOnce(entries)
      for entry in entries { check(entry.value, is: value, named: entry.key) }
    case .section(let section):
      guard case .mapping(let entries) = node.content else { return mismatch(node, shape, name) }
      checkSection(section, entries, at: node.place)
    case .either(let shapes):
      let kindred = shapes.filter { $0.isOfKind(node.content) }
      guard let first = kindred.first else { return mismatch(node, shape, name) }
      check(node, is: kindred.first { ShapeCheck.accepts(node, $0, named: name) } ?? first, named: name)
    }
  }

  private static func accepts(_ node: YAML, _ shape: Shape, named name: String) -> Bool {
    var trial = ShapeCheck()
    trial.check(node, is: shape, named: name)
    return trial.findings.isEmpty
  }

  private mutating func checkSection(_ section: Section, _ entries: [YAML.Entry], at place: Place) {
    checkKeysOnce(entries)
    let names = section.keys.map(\.name)
    var present = Set(entries.filter { !$0.value.isAbsent }.map(\.key))
    for entry in entries {
      if let key = section.keys.first(where: { $0.name == entry.key }) {
        if !entry.value.isAbsent { check(entry.value, is: key.shape, named: key.name) }
      } else if section.later.contains(entry.key) {
        findings.note("\"\(entry.key)\" is not in this version", at: entry.place)
      } else {
        findings.note(
          "\"\(entry.key)\" is no key of \(section.name)\(Suggestion.hint(for: entry.key, among: names))",
          at: entry.place)
        // A mistyped key is not missed as well.
        if let meant = Suggestion.nearest(to: entry.key, among: names) { present.insert(meant) }
      }
    }
    for entry in entries where !entry.value.isAbsent {
      let alternatives = section.keys.first { $0.name == entry.key }?.alternatives ?? []
      for alternative in alternatives where present.contains(alternative) {
        findings.note("\"\(entry.key)\" and \"\(alternative)\" exclude each other", at: entry.place)
      }
    }
    let missing = section.keys.filter { key in
      key.isRequired && !present.contains(key.name) && !key.alternatives.contains(where: present.contains)
    }
    if !missing.isEmpty {
      let list = missing.map { "\"\($0.name)\"" }.joined(separator: ", ")
      let examples = missing.compactMap(\.example)
      let remedy = examples.isEmpty ? "" : ": write " + examples.joined(separator: ", ")
      findings.note("\(section.name) lacks \(list)\(remedy)", at: place)
    }
  }

  private mutating func checkKeysOnce(_ entries: [YAML.Entry]) {
    var seen: Set<String> = []
    for entry in entries where !seen.insert(entry.key).inserted {
      findings.note("the key \"\(entry.key)\" stands here twice", at: entry.place)
    }
  }

  private mutating func checkWord(
    _ node: YAML, of words: [String], later: [String], _ shape: Shape, _ name: String
  ) {
    guard let word = node.text else { return mismatch(node, shape, name) }
    if words.contains(word) { return }
    if later.contains(word) {
      findings.note("\"\(word)\" is not in this version", at: node.place)
    } else {
      findings.note(
        "\"\(word)\" is no choice for \"\(name)\"\(Suggestion.hint(for: word, among: words))", at: node.place)
    }
  }

  private mutating func mismatch(_ node: YAML, _ shape: Shape, _ name: String) {
    var message = "\"\(name)\" is \(node.inWords), expected \(shape.inWords)"
    if case .scalar(let text, isPlain: false) = node.content, YAML.number(text) != nil {
      message += " without quotes"
    }
    findings.note(message, at: node.place)
  }
}

extension Shape {
  /// Whether the two are both scalars, lists or mappings.
  fileprivate func isOfKind(_ content: YAML.Content) -> Bool {
    switch (self, content) {
    case (.either(let shapes), _): shapes.contains { $0.isOfKind(content) }
    case (.texts, .scalar), (.texts, .list), (.list, .list): true
    case (.map, .mapping), (.section, .mapping): true
    case (.text, .scalar), (.flag, .scalar), (.integer, .scalar), (.number, .scalar), (.choice, .scalar): true
    default: false
    }
  }
}

extension YAML {
  /// As found, shortened to forty characters.
  fileprivate var inWords: String {
    switch content {
    case .scalar(let text, _): text.count > 40 ? "\"\(text.prefix(40))…\"" : "\"\(text)\""
    case .list(let items): items.isEmpty ? "an empty list" : "a list"
    case .mapping: "a mapping"
    }
  }
}
