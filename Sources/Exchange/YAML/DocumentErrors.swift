/// A place in a text file, both counted from 1; the column in Unicode scalars.
public struct Place: Hashable, Sendable, Comparable {
  public let line: Int
  public let column: Int

  public static func < (one: Place, other: Place) -> Bool {
    (one.line, one.column) < (other.line, other.column)
  }
}

/// One thing that is wrong with a plan or a simulation, and where.
public struct DocumentProblem: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let place: Place
  public let message: String

  public var description: String { "\(file):\(place.line):\(place.column): \(message)" }
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

  func refuse(_ file: String) throws(DocumentErrors) {
    guard !messages.isEmpty else { return }
    throw DocumentErrors(
      problems: messages.sorted { $0.key < $1.key }
        .map { DocumentProblem(file: file, place: $0.key, message: $0.value) })
  }
}
