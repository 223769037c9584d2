/// Bytes that can only be had one after the other: an inflated file, text of another encoding, what a program writes.
protocol ByteStream: AnyObject {
  var file: OpenFile { get }
  /// Of the file as given.
  var bytesRead: Int { get }
  /// Some bytes, at least one; none at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  /// Of the file as given, when all of it has been read.
  func sha256() -> String
}

/// A stream as batches: one piece each, filled in order.
final class StreamSource: ByteSource, @unchecked Sendable {
  private let stream: any ByteStream
  private(set) var isAtEnd = false
  private var problem: InputError?

  init(_ stream: any ByteStream) { self.stream = stream }

  var file: OpenFile { stream.file }
  var bytesRead: Int { stream.bytesRead }

  func begin(_ batch: Batch) -> Int { 1 }

  func fill(_ batch: Batch, piece: Int) {
    batch.fresh = batch.room
    let room = UnsafeMutableRawBufferPointer(mutating: batch.freshBytes)
    var count = 0
    do throws(InputError) {
      while count < room.count, !isAtEnd {
        let got = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: room[count...]))
        isAtEnd = got == 0
        count += got
      }
    } catch {
      problem = error
      isAtEnd = true
    }
    batch.fresh = count
    for index in 0..<batch.blockCount { batch.countQuotes(inBlock: index) }
  }

  func settle(_ batch: Batch) throws(InputError) {
    if let problem { throw problem }
  }

  func digest(_ batch: Batch) {}
  func sha256() -> String { stream.sha256() }
}

/// A file as it stands, from its beginning to its end.
final class PlainStream: ByteStream {
  let file: OpenFile
  private(set) var bytesRead = 0
  private var hash = SHA256()

  init(_ file: OpenFile) { self.file = file }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    let count = file.read(into: buffer, at: bytesRead)
    if count == 0, bytesRead < file.size { throw InputError(.changedWhileReading, file: file.shownAs) }
    hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    bytesRead += count
    return count
  }

  func sha256() -> String { hash.hexadecimal() }
}
