public import Foundation

/// Real data and reference values that are never committed: found beside the project, used where present.
public enum SharedData {
  /// `EQUIPOISE_SHARED`, else `../shared` beside the package.
  public static let root: URL = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = ProcessInfo.processInfo.environment["EQUIPOISE_SHARED"] ?? "../shared"
    return URL(filePath: path, relativeTo: path.hasPrefix("/") ? nil : package).standardizedFileURL
  }()

  public static func url(_ path: String) -> URL { root.appending(path: path) }

  /// For `.enabled(if:)`: a test without its data is skipped, and the runner says so.
  public static func has(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url(path).path) }
}

/// Reference values with the script that made them beside them.
public enum Golden {
  public static func values(_ name: String) throws -> JSON {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try JSON(contentsOf: folder.appending(path: "Goldens/\(name).json"))
  }

  public static func shared(_ path: String) throws -> JSON { try JSON(contentsOf: SharedData.url(path)) }
}

/// A JSON document, read by path; a missing key is a failure of the test that asks for it.
public struct JSON: @unchecked Sendable {
  private let value: Any?

  public init(contentsOf url: URL) throws {
    value = try JSONSerialization.jsonObject(with: Data(contentsOf: url), options: [.fragmentsAllowed])
  }

  private init(_ value: Any?) { self.value = value }

  public subscript(key: String) -> JSON { JSON((value as? [String: Any])?[key]) }
  public subscript(index: Int) -> JSON {
    guard let list = value as? [Any], list.indices.contains(index) else { return JSON(nil) }
    return JSON(list[index])
  }
  public var array: [JSON] { (value as? [Any])?.map(JSON.init) ?? [] }
  public var keys: [String] { (value as? [String: Any])?.keys.sorted() ?? [] }
  public var string: String? { value as? String }
  public var int: Int? { (value as? NSNumber)?.intValue }
  /// NaN where there is no number, which no comparison survives.
  public var number: Double { (value as? NSNumber)?.doubleValue ?? .nan }
  public var numbers: [Double] { array.map(\.number) }
  public var bool: Bool? { value as? Bool }
  public var isNull: Bool { value is NSNull }
}

/// A plain table of a test: comma-separated, without quotes.
public struct PlainTable: Sendable {
  private let columns: [String: [String]]

  public init(contentsOf url: URL) throws {
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let cells = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    columns = Dictionary(
      uniqueKeysWithValues: (cells.first ?? []).enumerated().map { index, name in
        (name, cells.dropFirst().map { $0[index] })
      })
  }

  public func strings(_ name: String) -> [String] { columns[name] ?? [] }
  public func numbers(_ name: String) -> [Double] { strings(name).map { Double($0) ?? .nan } }
}

/// Whether two numbers agree to a relative tolerance (absolute below 1).
public func agrees(_ a: Double, _ b: Double, within tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(b))
}
