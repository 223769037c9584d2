internal import CZlib

/// How a file is compressed.
enum Packing {
  case none, gzip, twoMembers, cutShort, damaged

  var isWhole: Bool { self != .cutShort && self != .damaged }

  func packed(_ bytes: [UInt8], _ place: Int) -> [UInt8] {
    switch self {
    case .none: return bytes
    case .gzip: return Self.gzip(bytes)
    case .twoMembers:
      let half = min(place, bytes.count)
      return Self.gzip(Array(bytes[..<half])) + Self.gzip(Array(bytes[half...]))
    case .cutShort: return Self.gzip(bytes).dropLast(1 + place % 32)
    case .damaged:
      var packed = Self.gzip(bytes)
      packed[place % packed.count] ^= 0x10
      return packed
    }
  }

  private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var stream = z_stream()
    deflateInit2_(
      &stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: room) { output, count in
      bytes.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        _ = deflate(&stream, Z_FINISH)
      }
      count = room - Int(stream.avail_out)
    }
  }
}
