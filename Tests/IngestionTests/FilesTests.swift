import Foundation
import Ingestion
import Statistics
import Testing
import Validation

@Suite("Files: paths, globs, gzip, digests")
struct FilesTests {
  let text = "label,score\n1,0.5\n0,0.25\n"

  @Test func globsAreSortedAndFilesConcatenated() throws {
    let directory = try TemporaryDirectory()
    try directory.write("b.csv", "label,score\n1,0.75\n")
    try directory.write("a.csv", "score,label\n0.5,0\n")
    try directory.write("[c].csv", "label,score\n0,0.25\n")
    let both = try readCohort(.simple(), from: ["?.csv"], relativeTo: directory.path)
    #expect(both.inputs.map(\.path) == ["a.csv", "b.csv"])
    #expect(both.cohort.models[0].scores == [0.5, 0.75])
    let listed = try readCohort(.simple(), from: ["b.csv", "[c].csv"], relativeTo: directory.path + "/")
    #expect(listed.cohort.models[0].scores == [0.75, 0.25])
    #expect(listed.inputs.map(\.rows) == [1, 1])
    let absolute = try readCohort(
      .simple(), from: [CaseFile(directory.path + "/[ab].csv")], relativeTo: "/nowhere")
    #expect(absolute.cohort.count == 2)
  }

  @Test func missingInputsAreApart() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.csv", text)
    func errors(_ paths: [String]) -> InputErrors? {
      do throws(InputErrors) {
        _ = try readCohort(.simple(), from: paths.map { CaseFile($0) }, relativeTo: directory.path)
        return nil
      } catch { return error }
    }
    let missing = try #require(errors(["a.csv", "none.csv", "*.tsv"]))
    #expect(missing.isMissingInput)
    #expect(missing.description == "none.csv: no such file\n*.tsv: no file matches this pattern")
    #expect(errors(["a.csv", "*.csv"])?.description == "a.csv: the file is listed twice")
    #expect(errors([""])?.description.contains("not a regular file") == true)
  }

  @Test func caseIDsAreUniqueAcrossFiles() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.csv", "id,label,score\nx1,1,0.5\n")
    try directory.write("b.csv", "id,label,score\nx2,1,0.5\nx1,0,0.5\n")
    let definition = CohortDefinition.simple().with { $0.caseColumn = "id" }
    do throws(InputErrors) {
      _ = try readCohort(definition, from: ["a.csv", "b.csv"], relativeTo: directory.path)
      Issue.record("accepted")
    } catch {
      #expect(
        error.description
          == "b.csv:3:1: the case id is the same as in a.csv, line 2 (column \"id\"): one row per case; if several rows make one case, say how: cohort.unit: {by: id}; if a later row replaces an earlier one, say by what: cohort.exclude: [{…, when: {column: …, not_last_of: id}}]"
      )
    }
  }

  @Test func gzipOfSeveralMembers() throws {
    let directory = try TemporaryDirectory()
    let first = try directory.gzip("label,score\n1,0".utf8)
    let second = try directory.gzip(".5\n0,0.25\n".utf8)
    for padding in [0, 512] {
      let bytes = first + second + [UInt8](repeating: 0, count: padding)
      let ingested = try read(bytes, named: "cases.csv.gz")
      #expect(ingested.cohort.models[0].scores == [0.5, 0.25])
      #expect(ingested.inputs[0].bytes == bytes.count)
      #expect(ingested.inputs[0].sha256 == SHA256.hexadecimal(of: bytes))
    }
  }

  @Test func damagedGzip() throws {
    let bytes = try TemporaryDirectory().gzip(text.utf8)
    for count in 2..<bytes.count {
      #expect(
        complaint(bytes.prefix(count), named: "cases.csv.gz")?.description
          == "cases.csv.gz: the gzip data end too early")
    }
    var flipped = bytes
    flipped[flipped.count - 5] ^= 1
    #expect(
      complaint(flipped, named: "cases.csv.gz")?.description == "cases.csv.gz: the gzip data are damaged")
    #expect(
      complaint(bytes + [1, 2, 3], named: "cases.csv.gz")?.description
        == "cases.csv.gz: the gzip data are damaged")
  }

  @Test func digestsAreThoseOfSha256sum() throws {
    #expect(SHA256.hexadecimal(of: "") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexadecimal(of: "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let directory = try TemporaryDirectory()
    let large = "label,score\n1,0.5\n" + String(repeating: "0,0.25\n", count: 400_000)
    try directory.write("large.csv", large)
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", directory.path + "/large.csv"]
    process.standardOutput = pipe
    try process.run()
    let said = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    let digest = String(said.prefix(64))
    #expect(SHA256.hexadecimal(ofFile: directory.path + "/large.csv") == digest)
    for workers in [Workers.one, .threads(2)] {
      let ingested = try readCohort(
        .simple(), from: ["large.csv"], relativeTo: directory.path, workers: workers)
      #expect(ingested.inputs[0].sha256 == digest)
    }
    #expect(SHA256.hexadecimal(ofFile: directory.path + "/none") == nil)
  }

  @Test func progressReachesTheEndOfEachFile() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a.csv", text)
    try directory.write("b.csv", text + "0,1\n")
    let told = Told()
    _ = try readCohort(.simple(), from: ["a.csv", "b.csv"], relativeTo: directory.path) { told.add($0, $1) }
    let size = text.utf8.count
    #expect(told.steps.map(\.done) == [size, 2 * size + 4])
    #expect(told.steps.allSatisfy { $0.total == 2 * size + 4 })
  }

  @Test func threadsDoEachPieceOnce() {
    #expect(Workers.threads(3).map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
  }
}

/// What a progress closure was told; it is called on one thread.
private final class Told: @unchecked Sendable {
  private(set) var steps: [(done: Int, total: Int)] = []
  func add(_ done: Int, _ total: Int) { steps.append((done, total)) }
}
