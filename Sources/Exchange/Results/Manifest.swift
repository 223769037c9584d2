public import Validation

/// `manifest.json`: what made a bundle, from what, and how to make it again.
public struct Manifest: Sendable {
  /// Operating system and processor type; bytes are promised equal where it is.
  public var platform: String
  /// Without what may differ between two runs of one study: `--out`, `--threads`, `--quiet`, absolute paths.
  public var command: [String]
  public var provenance: Provenance

  public init(platform: String, command: [String], provenance: Provenance) {
    self.platform = platform
    self.command = command
    self.provenance = provenance
  }

  private static let schema = "equipoise.manifest/1"

  /// Whether a text says that it is a manifest of this kind, however it is laid out.
  public static func isOne(_ text: String) -> Bool {
    text.filter { !$0.isWhitespace }.contains("\"schema\":\"\(schema)\"")
  }

  public var text: String {
    var writer = JSONWriter(linedDepth: 3)
    writer.object { writer in
      writer.member("command", command)
      writer.member("inputs") { $0.array(provenance.inputs) { $1.write(to: &$0) } }
      writer.member("plan") {
        $0.object {
          $0.member("mapping", provenance.mappingHash)
          $0.member("protocol", provenance.protocolHash)
        }
      }
      writer.member("platform", platform)
      writer.member("schema", Manifest.schema)
      writer.member("tool", "equipoise")
      writer.member("version", provenance.toolVersion)
    }
    writer.endLine()
    return writer.text
  }
}

/// `SHA256SUMS`: one line for each file, by name, as `sha256sum --check` reads it.
public enum Checksums {
  public static func text(_ sums: [(file: String, sha256: String)]) -> String {
    sums.sorted { $0.file < $1.file }.map { "\($0.sha256)  \($0.file)\n" }.joined()
  }

  /// The files that such a text lists.
  public static func files(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let digest = line.prefix(while: \.isHexDigit)
      guard digest.count == 64, line.count > 66 else { return nil }
      return String(line.dropFirst(66))
    }
  }
}
