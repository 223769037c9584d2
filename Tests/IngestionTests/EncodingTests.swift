import Foundation
import Ingestion
import Statistics
import Testing
import Validation

@Suite("Text in any encoding is the same text")
struct EncodingTests {
  static let text =
    "label,score,site\n1,0.5,Zürich\n0,0.25,\"東京, 日本\"\n0,0.75,Łódź\n1,1,😀\n0,0.125,\"a\nb\"\n"

  static func bytes(_ encoding: String) throws -> [UInt8] {
    let found: [(String, String.Encoding, [UInt8])] = [
      ("utf-8", .utf8, []), ("utf-8-mark", .utf8, [0xEF, 0xBB, 0xBF]),
      ("utf-16le-mark", .utf16LittleEndian, [0xFF, 0xFE]), ("utf-16be-mark", .utf16BigEndian, [0xFE, 0xFF]),
      ("utf-16le", .utf16LittleEndian, []), ("utf-32be", .utf32BigEndian, []),
      ("utf-32le-mark", .utf32LittleEndian, [0xFF, 0xFE, 0, 0]),
    ]
    let (_, foundation, mark) = try #require(found.first { $0.0 == encoding })
    return mark + [UInt8](try #require(text.data(using: foundation)))
  }

  /// However it is cut, compressed or declared.
  @Test(
    arguments: [
      ("utf-8", nil), ("utf-8-mark", nil), ("utf-8-mark", "utf-8"), ("utf-16le-mark", nil),
      ("utf-16be-mark", nil),
      ("utf-16le-mark", "utf-16"), ("utf-16le", "utf-16le"), ("utf-32be", "utf-32be"), ("utf-32le-mark", nil),
    ] as [(String, String?)])
  func isTheSame(_ encoding: String, declared: String?) throws {
    let definition = CohortDefinition.simple(attributes: [.init(name: "site", column: "site")])
    let expected = facts(try read(Self.text.utf8, definition)).filter { !$0.contains("sha256") }
    let declaring = definition.with { $0.cases[0].format.encoding = declared }
    let bytes = try Self.bytes(encoding)
    for (block, workers) in [(1, Workers.one), (7, .threads(2)), (BlockSizes.largestBlock, .one)] {
      let sizes = BlockSizes(block: block, blocksInBatch: 3)
      let plain = try read(bytes, declaring, sizes: sizes, workers: workers)
      #expect(facts(plain).filter { !$0.contains("sha256") } == expected)
      #expect(plain.inputs[0].sha256 == SHA256.hexadecimal(of: bytes) && plain.inputs[0].bytes == bytes.count)
      let zipped = try TemporaryDirectory().gzip(bytes)
      let inflated = try read(zipped, declaring, named: "cases.csv.gz", sizes: sizes, workers: workers)
      #expect(facts(inflated).filter { !$0.contains("sha256") } == expected)
      #expect(inflated.inputs[0].sha256 == SHA256.hexadecimal(of: zipped))
    }
  }

  /// The place of a byte that is none of the encoding: in the second row's third field, after many good ones.
  @Test(arguments: [1, 100_000]) func aWrongByteHasAPlace(_ rows: Int) throws {
    let definition = CohortDefinition.simple().with { $0.cases[0].format.encoding = "shift_jis" }
    var bytes = Array("label,score,site\n".utf8)
    for row in 0..<rows { bytes += Array("\(row % 2),0.5,".utf8) + [0x93, 0x8C, 0x8B, 0x9E, 0x0A] }
    bytes += Array("1,0.5,".utf8) + [0x93, 0xFF, 0x0A] + Array("1,0.5,x\n".utf8)
    let said = complaint(bytes, definition)?.description
    #expect(
      said
        == "cases.csv:\(rows + 2):3: bytes that are not the declared encoding (shift_jis): correct format: {encoding: shift_jis}, or save it as UTF-8"
    )
    #expect(complaint(bytes.prefix(rows * 13 + 17 + 7), definition)?.description == said, "half a character")
  }
}
