/// A stretch of a file in memory: what the stretch before left over, then its blocks.
final class Batch: @unchecked Sendable {
  /// Readable beyond the last byte, so that words may be loaded whole.
  static let padding = 16

  let blockSize: Int
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// Bytes before the first block; they begin where a row does.
  private(set) var carried = 0
  /// Bytes that were read into this batch.
  var fresh = 0
  var fileOffset = 0
  private var closing = 0
  /// Of each block: whether its number of quotes is odd.
  private let parity: UnsafeMutablePointer<Bool>
  private let blockLimit: Int

  init(blockSize: Int, blocks: Int) {
    self.blockSize = blockSize
    blockLimit = blocks
    capacity = (blocks + 1) * blockSize + Batch.padding
    bytes = .allocate(capacity: capacity)
    parity = .allocate(capacity: blocks)
    parity.initialize(repeating: false, count: blocks)
  }

  deinit {
    bytes.deallocate()
    parity.deallocate()
  }

  var count: Int { carried + fresh + closing }
  /// The most that can be read into it.
  var room: Int { blockLimit * blockSize }
  var blockCount: Int { (fresh + blockSize - 1) / blockSize }
  var freshBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes + carried, count: fresh) }

  func block(_ index: Int) -> UnsafeMutableRawBufferPointer {
    let start = index * blockSize
    return UnsafeMutableRawBufferPointer(start: bytes + carried + start, count: min(blockSize, fresh - start))
  }

  /// To be called once for each block when its bytes are there.
  func countQuotes(inBlock index: Int) {
    parity[index] = ByteScan.hasOddQuotes(bytes + carried + index * blockSize, block(index).count)
  }

  /// Starts anew with what `other` leaves over.
  func carry(over other: Batch, from start: Int) {
    carried = other.count - start
    fresh = 0
    let needed = carried + room + Batch.padding
    if needed > capacity {
      bytes.deallocate()
      bytes = .allocate(capacity: needed)
      capacity = needed
    }
    bytes.update(from: other.bytes + start, count: carried)
  }

  /// Places where rows begin, ascending, at most one for each block, from `start` on (itself the first).
  ///
  /// A row begins after a line feed that an even number of quotes precedes. `quotes: false`: after any line feed.
  func rowStarts(from start: Int, quotes: Bool) -> [Int] {
    var starts = [start]
    var isInside = quotes && ByteScan.hasOddQuotes(bytes, carried)
    for index in 0..<blockCount {
      let from = carried + index * blockSize
      let end = from + block(index).count
      if let next = ByteScan.rowStart(bytes, from..<end, inQuotes: isInside, quotes: quotes),
        next > starts[starts.count - 1]
      {
        starts.append(next)
      }
      if quotes && parity[index] { isInside.toggle() }
    }
    return starts
  }

  /// Closes the last line of a file that does not close it itself.
  func closeLastLine() {
    guard count > 0, bytes[count - 1] != ByteScan.lineFeed else { return }
    bytes[count] = ByteScan.lineFeed
    closing = 1
  }
}
