import Ingestion
import Testing

struct WorkbookTimesTests {
  /// Wherever one block ends and the next begins.
  @Test(arguments: 12...40) func everyBlockBoundary(_ size: Int) {
    let text = "a,2024-01-31\u{1F}00:00:00,b\n1,2024-03-01\u{1F}09:15:00,\n\u{1F}00:00:00\u{1F}00:00:01\n"
    var (left, written) = (ArraySlice(Array(text.utf8)), [UInt8]())
    var times = WorkbookTimes()
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 1)
    defer { buffer.deallocate() }
    while !left.isEmpty {
      let held = times.resume(in: buffer)
      let next = left.prefix(size - held)
      left = left.dropFirst(next.count)
      UnsafeMutableRawBufferPointer(rebasing: buffer[held...]).copyBytes(from: next)
      let kept = times.written(.init(rebasing: buffer[..<(held + next.count)]))
      written += buffer[..<kept]
    }
    #expect(
      String(decoding: written, as: UTF8.self) == "a,2024-01-31,b\n1,2024-03-01T09:15:00,\nT00:00:01\n")
  }
}
