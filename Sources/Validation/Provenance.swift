/// Where a study's numbers came from: enough to run it again.
public struct Provenance: Hashable, Sendable {
  public var toolVersion: String
  public var inputs: [Input]
  /// SHA-256 of the canonical protocol and of the canonical mapping, hexadecimal.
  public var protocolHash: String
  public var mappingHash: String
  /// What a drafted plan still asks.
  public var openQuestions: [String]

  public init(
    toolVersion: String, inputs: [Input], protocolHash: String, mappingHash: String,
    openQuestions: [String] = []
  ) {
    self.toolVersion = toolVersion
    self.inputs = inputs
    self.protocolHash = protocolHash
    self.mappingHash = mappingHash
    self.openQuestions = openQuestions
  }

  public struct Input: Hashable, Sendable {
    /// As the plan gives it; relative to the plan.
    public var path: String
    /// Of the file as given, before decompression; hexadecimal.
    public var sha256: String
    public var bytes: Int
    public var rows: Int
    public init(path: String, sha256: String, bytes: Int, rows: Int) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
      self.rows = rows
    }
  }
}
