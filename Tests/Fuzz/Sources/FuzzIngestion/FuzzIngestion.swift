internal import Fuzzing
internal import Validation

/// Any bytes as a table.
///
/// The first byte chooses the kind of file and the size of the blocks; the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIngestion(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let name = ["f.csv", "f.tsv", "f.jsonl", "f.csv"][Int(data[0] & 3)]
  Scratch.write(Array(UnsafeBufferPointer(start: data + 1, count: size - 1)), to: name)
  Reading(.plainTable, from: [CaseFile(name)]).check(block: 1 + Int(data[0] >> 2))
  return 0
}

@_cdecl("FuzzIngestion_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  fuzz(count, arguments, fuzzIngestion)
}
