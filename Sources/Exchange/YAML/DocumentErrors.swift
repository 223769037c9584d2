/// A place in a text file, both counted from 1; the column in Unicode scalars.
public struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let file: String
  public let line: Int
  public let column: Int

  public static func < (one: Place, other: Place) -> Bool {
    (one.file, one.line, one.column) < (other.file, other.line, other.column)
  }

  /// `plan.yaml:12:5`.
  public var description: String { "\(file):\(line):\(column)" }
}

/// One thing that is wrong with a plan or a simulation, and where.
public struct DocumentProblem: Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  public let message: String

  public var description: String { "\(place): \(message)" }
}

/// Everything that is wrong with a plan or a simulation, in the order of its lines.
public struct DocumentErrors: Error, CustomStringConvertible {
  public let problems: [DocumentProblem]

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// Gathers problems, so that a reader can go on after the first.
struct Findings {
  private var messages: [Place: String] = [:]

  var isEmpty: Bool { messages.isEmpty }

  /// A place has one problem, the first that was found: what follows from it is not repeated.
  mutating func note(_ message: String, at place: Place) {
    if messages[place] == nil { messages[place] = message }
  }

  func refuse() throws(DocumentErrors) {
    guard !messages.isEmpty else { return }
    throw DocumentErrors(
      problems: messages.sorted { $0.key < $1.key }
        .map { DocumentProblem(place: $0.key, message: $0.value) })
  }
}
