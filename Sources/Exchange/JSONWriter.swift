/// Writes JSON whose bytes depend on the values alone: keys in order, shortest round-trip doubles, never NaN.
///
/// Values are written as they are visited; no tree is built. The caller visits keys in ascending order, which is checked.
package struct JSONWriter {
  private(set) var bytes: [UInt8] = []
  private var open: [Container] = []
  /// Containers down to this depth put each of their elements on a line of its own.
  private let linedDepth: Int

  private struct Container {
    var isEmpty = true
    var lastKey = ""
  }

  package init(linedDepth: Int = 0) { self.linedDepth = linedDepth }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: Containers

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    begin("{")
    members(&self)
    end("}")
  }

  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    begin("[")
    for element in elements {
      separate()
      write(&self, element)
    }
    end("]")
  }

  package mutating func member(_ key: String, _ write: (inout JSONWriter) -> Void) {
    begin(key: key)
    write(&self)
  }

  package mutating func member(_ key: String, _ value: String?) { member(key) { $0.value(value) } }
  package mutating func member(_ key: String, _ value: Double?) { member(key) { $0.value(value) } }
  package mutating func member(_ key: String, _ value: Int?) { member(key) { $0.value(value) } }
  package mutating func member(_ key: String, _ value: Bool) { member(key) { $0.value(value) } }
  package mutating func member(_ key: String, _ values: [String]) {
    member(key) { $0.array(values) { $0.value($1) } }
  }
  package mutating func member(_ key: String, _ values: [Double]) {
    member(key) { $0.array(values) { $0.value($1) } }
  }
  package mutating func member(_ key: String, _ values: [Int]) {
    member(key) { $0.array(values) { $0.value($1) } }
  }

  // MARK: Values

  package mutating func null() { append("null") }

  package mutating func value(_ value: Bool) { append(value ? "true" : "false") }

  package mutating func value(_ value: Int?) {
    guard let value else { return null() }
    append(String(value))
  }

  /// Swift prints the shortest decimal that reads back as the same double.
  package mutating func value(_ value: Double?) {
    guard let value else { return null() }
    precondition(value.isFinite, "JSON has no NaN and no infinity")
    append((value + 0).description)  // + 0: no negative zero
  }

  package mutating func value(_ value: String?) {
    guard let value else { return null() }
    append("\"")
    let isPlain = value.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain { append(value) } else { appendEscaped(value) }
    append("\"")
  }

  /// JSON that is already written.
  package mutating func raw(_ json: String) { append(json) }

  package mutating func endLine() { append("\n") }

  // MARK: Punctuation

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func appendEscaped(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case UInt8(ascii: "\n"): append("\\n")
      case UInt8(ascii: "\r"): append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20: append((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16))
      default: bytes.append(byte)
      }
    }
  }

  private mutating func begin(_ bracket: String) {
    append(bracket)
    open.append(Container())
  }

  private mutating func end(_ bracket: String) {
    let depth = open.count
    let container = open.removeLast()
    if !container.isEmpty, depth <= linedDepth { breakLine(indentation: depth - 1) }
    append(bracket)
  }

  private mutating func separate() {
    let depth = open.count
    if !open[depth - 1].isEmpty { append(",") }
    open[depth - 1].isEmpty = false
    if depth <= linedDepth { breakLine(indentation: depth) }
  }

  private mutating func begin(key: String) {
    let depth = open.count
    precondition(open[depth - 1].isEmpty || open[depth - 1].lastKey < key, "keys out of order: \(key)")
    separate()
    open[depth - 1].lastKey = key
    value(key)
    append(":")
  }

  private mutating func breakLine(indentation: Int) {
    append("\n")
    for _ in 0..<indentation { append("  ") }
  }
}
