internal import COpenSSL

/// SHA-256, fed piece by piece (libcrypto, with the processor's own instructions).
public struct SHA256: ~Copyable {
  private let context: OpaquePointer

  public init() {
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto cannot make a SHA-256 digest")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest in lower-case hexadecimal. Ask once: the state is spent.
  public mutating func hexadecimal() -> String {
    let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      EVP_DigestFinal_ex(context, buffer.baseAddress, nil)
      count = 32
    }
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  public static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var digest = SHA256()
    Array(bytes).withUnsafeBytes { digest.update($0) }
    return digest.hexadecimal()
  }

  public static func hexadecimal(of text: String) -> String { hexadecimal(of: text.utf8) }

  /// Of a file's bytes as they stand; nil where it cannot be read.
  public static func hexadecimal(ofFile path: String) -> String? {
    guard let file = try? OpenFile(path: path, shownAs: path) else { return nil }
    var digest = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while offset < file.size {
      let count = buffer.withUnsafeMutableBytes { file.read(into: $0, at: offset) }
      guard count > 0 else { return nil }
      buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      offset += count
    }
    return digest.hexadecimal()
  }
}
