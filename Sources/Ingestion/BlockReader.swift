internal import Statistics

/// How a file is cut, which the result never depends on (tests cut finely), and what is kept of its problems.
package struct BlockSizes: Sendable {
  /// At most 128 KiB: a stretch of one block and a row holds fewer than 65,535 different cells, so codes fit two bytes.
  package static let largestBlock = 128 << 10
  package let block: Int
  package let blocksInBatch: Int
  package let longestRow: Int
  /// Of each kind of problem in a column, how many places are kept.
  package let keptProblems: Int

  package init(
    block: Int = largestBlock, blocksInBatch: Int = 64, longestRow: Int = 16 << 20,
    keptProblems: Int = InputErrors.fewPlaces
  ) {
    precondition((1...Self.largestBlock).contains(block) && blocksInBatch > 1 && longestRow > 0)
    self.block = block
    self.blocksInBatch = blocksInBatch
    self.longestRow = longestRow
    self.keptProblems = keptProblems
  }
}

/// Reads a file in batches of blocks and cuts them where rows begin.
///
/// While the workers parse one batch, they also hash it and fill the next.
struct BlockReader {
  let source: any ByteSource
  private let workers: Workers
  private let sizes: BlockSizes
  private let hasQuotes: Bool
  private var current: Batch
  private var next: Batch
  private var start = 0
  private var isFinished = false

  init(_ source: any ByteSource, hasQuotes: Bool, sizes: BlockSizes, workers: Workers) {
    self.source = source
    self.workers = workers
    self.sizes = sizes
    self.hasQuotes = hasQuotes
    current = Batch(blockSize: sizes.block, blocks: sizes.blocksInBatch)
    next = Batch(blockSize: sizes.block, blocks: sizes.blocksInBatch)
  }

  /// The beginning of the file with its first row at least (or all that there is, or as much as the longest row).
  mutating func beginning() throws(InputError) -> UnsafeBufferPointer<UInt8> {
    try fill(current)
    while !source.isAtEnd,
      current.count < FileBeginning.tellingBytes || (current.count <= sizes.longestRow && !hasWholeRow)
    {
      source.digest(current)
      next.carry(over: current, from: 0)
      swap(&current, &next)
      try fill(current)
    }
    return UnsafeBufferPointer(start: current.bytes, count: current.count)
  }

  /// Leaves out the first bytes: a byte order mark, the header.
  mutating func skip(_ count: Int) { start = count }

  /// Parses the rows of the next batch, each stretch of them by itself; nil when none are left.
  mutating func parseNext<Rows: Sendable>(
    _ parse: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Rows
  ) throws(InputError) -> [Rows]? {
    guard !isFinished else { return nil }
    let (batch, following, source) = (current, next, source)
    var cuts = batch.rowStarts(from: start, quotes: hasQuotes)
    // More than a longest row without an end: there is nothing to wait for.
    let isHopeless = batch.count - (cuts.last ?? 0) > sizes.longestRow + batch.blockSize
    isFinished = source.isAtEnd || isHopeless
    if isFinished {
      batch.closeLastLine()
      if batch.count > cuts[cuts.count - 1] { cuts.append(batch.count) }
    } else {
      following.carry(over: batch, from: cuts[cuts.count - 1])
    }
    let pieces = isFinished ? 0 : source.begin(following)
    let stretches = cuts
    let rows = workers.map(1 + pieces + stretches.count - 1) { piece -> Rows? in
      if piece == 0 {
        source.digest(batch)
      } else if piece <= pieces {
        source.fill(following, piece: piece - 1)
      } else {
        let index = piece - pieces - 1
        return parse(batch.stretch(stretches[index]..<stretches[index + 1]))
      }
      return nil
    }
    if !isFinished {
      try source.settle(following)
      swap(&current, &next)
      start = 0
    }
    return rows.compactMap(\.self)
  }

  private func fill(_ batch: Batch) throws(InputError) {
    let source = source
    workers.forEach(source.begin(batch)) { source.fill(batch, piece: $0) }
    try source.settle(batch)
  }

  private var hasWholeRow: Bool {
    let isText: (UInt8) -> Bool = { $0 != ByteScan.lineFeed && $0 != ByteScan.carriageReturn }
    let bytes = UnsafeBufferPointer(start: current.bytes, count: current.count)
    // Blank lines may stand between a byte order mark and the first row.
    guard let first = bytes[FileBeginning.textStart(of: bytes)...].firstIndex(where: isText) else {
      return false
    }
    return ByteScan.rowStart(current.bytes, first..<current.count, inQuotes: false, quotes: hasQuotes) != nil
  }
}

extension Batch {
  fileprivate func stretch(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count)
  }
}
