/// A shape as a JSON Schema (draft 2020-12), for editors that complete and check YAML.
enum JSONSchema {
  static func text(of section: Section, title: String, id: String) -> String {
    var writer = JSONWriter(linedDepth: .max)
    writer.object { writer in
      writer.member("$id", id)
      writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      members(of: section, title: title, to: &writer)
    }
    writer.endLine()
    return writer.text
  }

  private static func write(_ shape: Shape, about: String? = nil, to writer: inout JSONWriter) {
    writer.object { writer in
      switch shape {
      case .section(let section):
        members(of: section, about: about, to: &writer)
      case .map(let value):
        writer.member("additionalProperties") { write(value, to: &$0) }
        describe(about, &writer)
        writer.member("type", "object")
      case .list(let element, let atLeast):
        describe(about, &writer)
        writer.member("items") { write(element, to: &$0) }
        if atLeast > 0 { writer.member("minItems", atLeast) }
        writer.member("type", "array")
      case .either(let shapes):
        writer.member("anyOf") { $0.array(shapes) { write($1, to: &$0) } }
        describe(about, &writer)
      case .texts:
        writer.member("anyOf") {
          $0.array([Shape.text, .list(of: .text)]) { write($1, to: &$0) }
        }
        describe(about, &writer)
      case .text:
        describe(about, &writer)
        writer.member("type", ["string", "number", "boolean"])
      case .flag:
        describe(about, &writer)
        writer.member("type", "boolean")
      case .choice(let words, _):
        describe(about, &writer)
        writer.member("enum", words)
      case .integer(let range):
        describe(about, &writer)
        if range.upperBound != .max { writer.member("maximum", range.upperBound) }
        writer.member("minimum", range.lowerBound)
        writer.member("type", "integer")
      case .number(let range):
        describe(about, &writer)
        if range.isOpen, let most = range.most { writer.member("exclusiveMaximum", most) }
        if range.isOpen, let least = range.least { writer.member("exclusiveMinimum", least) }
        if !range.isOpen, let most = range.most { writer.member("maximum", most) }
        if !range.isOpen, let least = range.least { writer.member("minimum", least) }
        writer.member("type", "number")
      }
    }
  }

  private static func members(
    of section: Section, about: String? = nil, title: String? = nil, to writer: inout JSONWriter
  ) {
    writer.member("additionalProperties", false)
    describe(about, &writer)
    writer.member("properties") { writer in
      writer.object { writer in
        for key in section.keys.sorted(by: { $0.name < $1.name }) {
          writer.member(key.name) { write(key.shape, about: key.about, to: &$0) }
        }
      }
    }
    let required = section.keys.filter { $0.isRequired && $0.alternatives.isEmpty }.map(\.name).sorted()
    if !required.isEmpty { writer.member("required", required) }
    if let title { writer.member("title", title) }
    writer.member("type", "object")
  }

  private static func describe(_ about: String?, _ writer: inout JSONWriter) {
    if let about { writer.member("description", about) }
  }
}
