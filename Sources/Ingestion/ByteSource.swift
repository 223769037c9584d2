internal import Synchronization

/// Where batches are filled from: one batch at a time, each in pieces that are independent of one another.
///
/// `begin`, all of `fill`, `settle`, then `digest`, which may run beside the filling of the next batch.
protocol ByteSource: AnyObject, Sendable {
  var file: OpenFile { get }
  /// Nothing is left for another batch.
  var isAtEnd: Bool { get }
  /// Of the file as given.
  var bytesRead: Int { get }
  func begin(_ batch: Batch) -> Int
  func fill(_ batch: Batch, piece: Int)
  func settle(_ batch: Batch) throws(InputError)
  func digest(_ batch: Batch)
  /// Of the file as given, when all of it has been digested.
  func sha256() -> String
}

/// A file as it stands: blocks are read in any order, by several workers, and hashed in the file's own.
final class PlainSource: ByteSource, @unchecked Sendable {
  let file: OpenFile
  private(set) var bytesRead = 0
  private var hash = SHA256()
  private let wasCutShort = Atomic(false)

  init(_ file: OpenFile) { self.file = file }

  var isAtEnd: Bool { bytesRead == file.size }

  func begin(_ batch: Batch) -> Int {
    batch.fileOffset = bytesRead
    batch.fresh = min(batch.room, file.size - bytesRead)
    bytesRead += batch.fresh
    return batch.blockCount
  }

  func fill(_ batch: Batch, piece: Int) {
    let block = batch.block(piece)
    guard file.read(into: block, at: batch.fileOffset + piece * batch.blockSize) == block.count else {
      return wasCutShort.store(true, ordering: .relaxed)
    }
    batch.countQuotes(inBlock: piece)
  }

  func settle(_ batch: Batch) throws(InputError) {
    if wasCutShort.load(ordering: .relaxed) {
      throw InputError(.changedWhileReading, file: file.shownAs)
    }
  }

  func digest(_ batch: Batch) { hash.update(batch.freshBytes) }
  func sha256() -> String { hash.hexadecimal() }
}
