internal import Fuzzing
internal import Validation

/// Any bytes as a table in any encoding, compressed or not, and as a second table in UTF-8.
///
/// The first bytes choose what the plan declares and how the first table is written. Where its bytes are taken for UTF-8 and
/// written in the declared encoding, reading must give what the same text gives in UTF-8.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormats(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  var input = FuzzInput(data, size)
  var block = 1 + input.number() % 64
  let name = input.choice("f.csv", "f.tsv", "f.txt", "f.jsonl", "f.csv.gz")
  var format = TableFormat(
    delimiter: input.choice(nil, .semicolon, .tab, .pipe, .comma), decimal: input.choice(.point, .comma),
    encoding: input.choice(
      nil, "utf-8", "utf-16le", "utf-16be", "windows-1252", "gb18030", "shift_jis", "utf-16", "utf-32le",
      "iso-2022-jp", "utf-7", "big5-hkscs", "euc-jisx0213", "no-such-encoding"))
  let writing = input.choice(Writing.asGiven, .encoded, .marked)
  let packing = input.choice(Packing.none, .gzip, .twoMembers, .cutShort, .damaged)
  // Blank lines before the text: a character lies on the edge of what is converted at once.
  let padding = input.choice(0, 0, 0, 0, 0, 0, 0, (64 << 10) - 8 - block)
  if padding > 0 { block += 64 << 10 }
  let tables = input.files(2)
  let files = [CaseFile(name), CaseFile("second.csv")].prefix(tables[1].isEmpty ? 1 : 2)
  Scratch.write(tables[1], to: "second.csv")

  let text = [UInt8](repeating: UInt8(ascii: "\n"), count: padding) + tables[0]
  var bytes = text
  var isSameText = false
  if writing != .asGiven, let encoding = format.encoding, let encoded = Transcoding(text, to: encoding) {
    bytes = (writing == .marked ? encoded.mark : []) + encoded.bytes
    isSameText = encoded.isFaithful && writing == .encoded
  }
  func read(_ bytes: [UInt8]) -> String {
    let packed = packing.packed(bytes, block)
    Scratch.write(packed, to: name)
    // Whether the damage is met before the header is found wanting depends on how much is inflated at once.
    let isDamaged = packed.starts(with: [0x1F, 0x8B]) && (packing == .none || !packing.isWhole)
    let files = files.enumerated().map { CaseFile($1.path, format: $0 == 0 ? format : TableFormat()) }
    return Reading(definition, from: files).check(block: isDamaged ? nil : block)
  }
  let found = read(bytes)
  // Letters of a one-byte encoding that happen to be UTF-8 are refused, whatever was meant.
  let isAmbiguous = found.contains("UTF-8, the plan declares")
  if isSameText && packing.isWhole && !isAmbiguous {
    let encoding = format.encoding ?? ""
    format.encoding = nil
    let expected = read(text)
    if found != expected { broken("in \(encoding):\n\(found)\ninstead of\n\(expected)") }
  }
  return 0
}

private enum Writing {
  case asGiven, encoded, marked
}

/// Any text is a level of `g`.
private let definition: CohortDefinition = {
  var definition = CohortDefinition.plainTable
  definition.attributes.removeLast()
  return definition
}()

@_cdecl("FuzzFormats_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  fuzz(count, arguments, fuzzFormats)
}
