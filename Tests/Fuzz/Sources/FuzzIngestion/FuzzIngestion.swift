import Glibc
import Ingestion
import Statistics
import Validation

/// Any bytes as a table: never a crash, and the same cohort or the same complaints however the file is cut and by
/// however many hands it is read.
///
/// The first byte chooses the kind of file and the size of the blocks; the rest is the file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzIngestion(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 0 else { return 0 }
  let name = fileNames[Int(data[0] & 3)]
  write(UnsafeRawBufferPointer(start: data + 1, count: size - 1), to: directory + "/" + name)
  let whole = outcome(name, BlockSizes(), .one)
  let block = 1 + Int(data[0] >> 2)
  for workers in [Workers.one, two] {
    let cut = outcome(name, BlockSizes(block: block, blocksInBatch: 2 + block % 3), workers)
    if cut != whole {
      say("blocks of \(block), \(workers.count) workers:\n\(cut)\ninstead of\n\(whole)")
      abort()
    }
  }
  return 0
}

/// The name that the package manager links as `main`; it gives way to libFuzzer.
@_cdecl("FuzzIngestion_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
  var (count, arguments) = (count, arguments)
  return runDriver(&count, &arguments, fuzzIngestion)
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

private let two = Workers.threads(2)

private let fileNames = ["f.csv", "f.tsv", "f.jsonl", "f.csv"]

private let directory: String = {
  let path = "/dev/shm/fuzz-ingestion-\(getpid())"
  mkdir(path, 0o700)
  atexit {
    for name in fileNames { unlink(directory + "/" + name) }
    rmdir(directory)
  }
  return path
}()

private let definition = CohortDefinition(
  cases: [], caseColumn: "i", patientColumn: "p", date: .init(column: "d"),
  reference: .init(column: "l", positive: ["1"], equivocal: ["?"]),
  models: [
    .init(
      name: "A", score: "s", decision: .init(column: "c", positive: ["y"]),
      operatingPoints: [.init(name: "t", threshold: 0.5)], isProbability: true, indeterminate: ["F", "-9"]),
    .init(name: "B", score: "s", direction: .higherMeansNegative),
  ],
  attributes: [
    .init(name: "g", column: "g"), .init(name: "a", column: "a", levels: .bands([18, 45])),
    .init(name: "x", column: "g", levels: .named([.init(name: "X", values: ["x", "1"])])),
  ])

private func outcome(_ name: String, _ sizes: BlockSizes, _ workers: Workers) -> String {
  do throws(InputErrors) {
    let ingested = try readCohort(
      definition, from: [CaseFile(name)], relativeTo: directory, sizes: sizes, workers: workers)
    return "\(ingested.cohort) \(ingested.inputs)"
  } catch {
    return "\(error)\n\(error.redacted)\n\(error.groups.map { ($0.count, $0.places) })"
  }
}

private func say(_ text: String) {
  var text = text + "\n"
  text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
}

private func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
  let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  _ = Glibc.write(file, bytes.baseAddress, bytes.count)
  close(file)
}
