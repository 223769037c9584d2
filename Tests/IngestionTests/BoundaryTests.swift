import Ingestion
import Statistics
import Testing
import Validation

@Suite("The result does not depend on how a file is cut")
struct BoundaryTests {
  let definition = CohortDefinition(
    cases: [], caseColumn: "id", patientColumn: "patient", date: .init(column: "date"),
    reference: .init(column: "label", positive: ["1"], negative: ["0"]),
    models: [
      .init(
        name: "A", score: "score", operatingPoints: [.init(name: "p", threshold: 0.5)],
        indeterminate: ["FAILED"])
    ],
    attributes: [
      .init(name: "site", column: "site"), .init(name: "age", column: "age", levels: .bands([18, 45])),
    ])

  let text = #"""
    id,patient,date,label,score,site,age,note
    1,p1,2024-01-31,1,0.75,"North
     ""1""",44,"a
    ,b"
    2,p2,2024-02-01,0,FAILED,South,,"

    "
    3,p1,20240301,,0.5,Zürich,17.5,""

    4,p3,,0,0.125,"South",45,"say ""
    """
    5,p2,2024-02-01,1,1e-3,"North
     ""1""",90,x
    """#

  static let workers = [Workers.one, .threads(2), .threads(3)]

  @Test func blocksOfEverySizeAndAnyNumberOfWorkers() throws {
    let whole = try facts(read(text.utf8, definition))
    for block in 1...(text.utf8.count + 1) {
      for workers in Self.workers {
        let sizes = BlockSizes(block: block, blocksInBatch: 2 + block % 3)
        let cut = try facts(read(text.utf8, definition, sizes: sizes, workers: workers))
        #expect(cut == whole, "blocks of \(block) bytes, \(workers.count) workers")
      }
    }
  }

  /// Padding moves a quoted line feed over every place of a block.
  @Test func quotedLineFeedOnEveryBoundary() throws {
    for padding in 0..<48 {
      let pad = String(repeating: "x", count: padding)
      let text = "note,label,score\n\(pad),1,0.5\n\"\(pad)\n\",0,0.25\n\"\n\"\"\n\",1,0.125\n"
      let scores = try read(
        text.utf8, .simple(), sizes: BlockSizes(block: 16, blocksInBatch: 3), workers: .threads(2))
      #expect(scores.cohort.models[0].scores == [0.5, 0.25, 0.125], "\(padding)")
    }
  }

  /// The first row is not the blank line that follows a byte order mark: found by fuzzing.
  @Test func blankLineAfterAByteOrderMark() throws {
    let text = "\u{FEFF}\nlabel,score\n1,0.5\n0,0.25\n"
    for block in 1...(text.utf8.count + 1) {
      let read = try read(
        text.utf8, .simple(), sizes: BlockSizes(block: block, blocksInBatch: 2), workers: .one)
      #expect(read.cohort.models[0].scores == [0.5, 0.25], "\(block)")
    }
  }

  /// A first line of three bytes, then a zero byte: found by fuzzing.
  @Test func theFirstBytesTellTheEncoding() throws {
    let bad: [UInt8] = [0x32, 0x2C, 0x0A, 0, 0, 0x5C, 0x75, 0x0A]
    let whole = try #require(complaint(bad, definition))
    for block in 1...bad.count {
      #expect(
        complaint(bad, definition, sizes: BlockSizes(block: block, blocksInBatch: 2)) == whole, "\(block)")
    }
  }

  @Test func complaintsAreTheSame() throws {
    let bad =
      text
      + "\n6,p4,2024-13-01,2,x,South,44\n1,,03/04/2024,0,inf,South,-1,\"\n\"\n7,p,45730,0,y,\u{00A0},abc,z\n\"8\"x,"
    let whole = try #require(complaint(bad.utf8, definition))
    #expect(whole.groups.count > 8)
    for block in 1...bad.utf8.count {
      let sizes = BlockSizes(block: block, blocksInBatch: 2 + block % 3)
      #expect(complaint(bad.utf8, definition, sizes: sizes, workers: .threads(2)) == whole, "\(block)")
    }
  }

  @Test func manyRowsOnManyWorkers() throws {
    var text = "id,patient,date,label,score,site,age,note\n"
    for row in 0..<60_000 {
      text +=
        "c\(row),p\(row % 20_011),2024-0\(1 + row % 9)-11,\(row % 7 == 0 ? 1 : 0),\(Double(row % 1009) / 1009),"
      text += "\"site \(row % 13)\",\(row % 97).\(row % 10),\"\(row % 5 == 0 ? "a\n\"\"b" : "")\"\n"
    }
    let one = try facts(read(text.utf8, definition))
    #expect(try facts(read(text.utf8, definition, workers: .threads(2))) == one)
    let sizes = BlockSizes(block: 4099, blocksInBatch: 5)
    #expect(try facts(read(text.utf8, definition, sizes: sizes, workers: .threads(2))) == one)
    let compressed = try TemporaryDirectory().gzip(text.utf8)
    let gzip = try read(compressed, definition, named: "cases.csv.gz", workers: .threads(2))
    #expect(Array(facts(gzip).prefix(5)) == Array(one.prefix(5)))
    #expect(gzip.inputs[0].sha256 == SHA256.hexadecimal(of: compressed))
  }

  @Test func rowsThatAreTooLong() throws {
    let long = "label,score\n1,0.5\n\"\(String(repeating: "\n", count: 500)),0\n"
    for block in [1, 7, 64, 1000] {
      let sizes = BlockSizes(block: block, blocksInBatch: 4, longestRow: 100)
      let errors = try #require(complaint(long.utf8, sizes: sizes, workers: .threads(2)))
      #expect(errors.description == "cases.csv:3: a row is longer than 100 bytes: is a quote not closed?")
    }
  }
}
