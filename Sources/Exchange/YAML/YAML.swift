internal import Yams

/// A YAML document as a tree of texts with their places.
///
/// A scalar is its own text: `1` and `"1"` are both the text `1`, so that a label or a level is never changed by a
/// guess at its type. Numbers and truth values are read where a key asks for them.
struct YAML {
  let place: Place
  let content: Content

  enum Content {
    /// Plain: written without quotes.
    case scalar(String, isPlain: Bool)
    case list([YAML])
    case mapping([Entry])
  }

  struct Entry {
    let key: String
    let place: Place
    let value: YAML
  }
}

extension YAML {
  /// Larger documents, or ones that grow under expansion of their aliases, are no plans.
  static let longestText = 1 << 20
  static let mostNodes = 100_000
  static let mostAliases = 16

  /// The root of the one document in `text`; refuses what is not YAML, with its place.
  init(parsing text: String, file: String) throws(DocumentErrors) {
    func refusal(_ message: String, _ mark: Mark? = nil) -> DocumentErrors {
      let place = Place(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
      return DocumentErrors(problems: [DocumentProblem(place: place, message: message)])
    }
    guard text.utf8.count <= YAML.longestText else {
      throw refusal("is \(text.utf8.count) bytes long; at most \(YAML.longestText) are read")
    }
    // Yams hashes every key: an alias that stands for a huge value must not become one.
    guard YAML.aliasCount(in: text) <= YAML.mostAliases else {
      throw refusal("uses more than \(YAML.mostAliases) aliases (*name): write the values out")
    }
    let root: Node?
    do {
      root = try Parser(yaml: YAML.withoutMark(text), encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      let (message, mark) = error.inWords
      throw refusal(message, mark)
    } catch {
      throw refusal("\(error)")
    }
    guard let root else { throw refusal("is empty") }
    var budget = YAML.mostNodes
    guard let tree = YAML(root, of: file, budget: &budget) else {
      throw refusal("has more than \(YAML.mostNodes) values once its aliases are written out")
    }
    self = tree
  }

  /// Without the byte order mark that some editors put in front.
  private static func withoutMark(_ text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  private init?(_ node: Node, of file: String, budget: inout Int) {
    budget -= 1
    guard budget >= 0 else { return nil }
    place = Place(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    switch node {
    case .scalar(let scalar):
      content = .scalar(scalar.string, isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      var items: [YAML] = []
      for element in sequence {
        guard let item = YAML(element, of: file, budget: &budget) else { return nil }
        items.append(item)
      }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard let name = YAML(key, of: file, budget: &budget),
          let value = YAML(value, of: file, budget: &budget)
        else { return nil }
        entries.append(Entry(key: name.text ?? "?", place: name.place, value: value))
      }
      content = .mapping(entries)
    case .alias:
      content = .scalar("", isPlain: true)
    }
  }

  /// Upper limit of how many aliases a text uses: asterisks followed by the name of an anchor that it sets.
  private static func aliasCount(in text: String) -> Int {
    func names(after sign: UInt8) -> [Substring] {
      let bytes = text.utf8
      return bytes.indices.compactMap { index in
        guard bytes[index] == sign else { return nil }
        let rest = text[bytes.index(after: index)...]
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
        return name.isEmpty ? nil : name
      }
    }
    let anchors = Set(names(after: UInt8(ascii: "&")))
    return anchors.isEmpty ? 0 : names(after: UInt8(ascii: "*")).count { anchors.contains($0) }
  }
}

extension YamlError {
  fileprivate var inWords: (message: String, mark: Mark?) {
    switch self {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let where_ = context.map { "\($0.text), which began in line \($0.mark.line): " } ?? ""
      return ("not valid YAML: \(where_)\(problem)", mark)
    case .duplicatedKeysInMapping(let keys, let context):
      return (keys.map { "the key \"\($0)\" stands here twice" }.joined(separator: "; "), context.mark)
    case .reader(let problem, _, _, _): return ("not valid YAML: \(problem)", nil)
    default: return ("not valid YAML: \(self)", nil)
    }
  }
}
