internal import Statistics
internal import Validation

/// Reads files into one table and collects what is wrong with them.
struct TableReader {
  private(set) var table: CaseTable
  private(set) var problems: InputErrors
  private(set) var inputs: [Provenance.Input] = []
  private let workers: Workers
  private let sizes: BlockSizes
  /// Rows after which reading stops; for a first look at a file.
  private let rowLimit: Int

  init(_ requests: [ColumnRequest], sizes: BlockSizes, workers: Workers, rowLimit: Int = .max) {
    table = CaseTable(requests)
    self.sizes = sizes
    problems = InputErrors(keeping: sizes.keptProblems)
    self.workers = workers
    self.rowLimit = rowLimit
  }

  /// Opens every file before the first is read, so that a missing one is known at once.
  static func open(_ entries: [InputPaths.Entry]) throws(InputErrors) -> [OpenFile] {
    var files: [OpenFile] = []
    var problems = InputErrors()
    for entry in entries {
      do throws(InputError) {
        let file = try OpenFile(path: entry.path, shownAs: entry.shown, format: entry.format)
        if files.contains(where: { $0.identity == file.identity }) {
          throw InputError(.listedTwice, file: entry.shown)
        }
        files.append(file)
      } catch {
        problems.add(error)
      }
    }
    guard problems.isEmpty else { throw problems }
    return files
  }

  /// Appends a file's rows; what is wrong with it is added to the problems. False: its columns are not all there.
  /// `opened`: the file, if its header has been looked at before.
  mutating func read(_ file: OpenFile, _ opened: OpenedTable? = nil, progress: (Int) -> Void) -> Bool {
    do throws(InputErrors) {
      if let opened { return try readRows(of: file, opened, progress) }
      let opened = try InputErrors.of { () throws(InputError) in
        try OpenedTable(file, sizes: sizes, workers: workers)
      }
      return try readRows(of: file, opened, progress)
    } catch {
      problems.merge(error)
      return false
    }
  }

  private mutating func readRows(
    of file: OpenFile, _ opened: OpenedTable, _ progress: (Int) -> Void
  ) throws(InputErrors) -> Bool {
    let format = try opened.rowFormat(for: table.requests.map(\.name))
    var rows = FileRows(
      firstLine: format.headerLines + 1, keys: format.columns, areKnown: format.fields != nil,
      keptProblems: sizes.keptProblems)
    var blocks = opened.blocks
    blocks.skip(format.headerSize)
    let fields = format.fields.map { Dictionary(uniqueKeysWithValues: zip(format.columns, $0)) }
    table.beginFile(.init(name: file.shownAs, fields: fields, decimal: opened.decimal))
    let (requests, name, decimal) = (table.requests, file.shownAs, opened.decimal)
    let parse: @Sendable (UnsafeBufferPointer<UInt8>) -> CaseTable.Stretch = { bytes in
      CaseTable.Stretch(
        format.cells(in: bytes), of: bytes, requests: requests, format: format, decimal: decimal, file: name)
    }
    while !rows.areBroken, rows.count < rowLimit {
      let stretches = try InputErrors.of { () throws(InputError) in try blocks.parseNext(parse) }
      guard let stretches else { break }
      for stretch in stretches where !rows.areBroken {
        table.append(stretch, firstLine: rows.nextLine)
        rows.take(stretch)
      }
      progress(blocks.source.bytesRead)
    }
    let table = table
    problems.merge(
      rows.problems.tellingStrays { table.fractions(of: $0.first.columnName, inFile: table.files.count - 1) })
    if rows.areBroken || rows.count >= rowLimit { return true }
    if rows.count == 0 && rows.problems.isEmpty {
      throw InputErrors(InputError(.headerAlone(WorkbookSheets(of: file)), file: name))
    }
    inputs.append(.init(path: name, sha256: blocks.source.sha256(), bytes: file.size, rows: rows.count))
    if rows.count == 0 || rows.unseenKeys.isEmpty { return true }
    for key in rows.unseenKeys {
      problems.add(.missing(key, in: MissingColumn.File(name: name, columns: opened.names)))
    }
    return false
  }
}

/// What is known of one file's rows while they come in.
private struct FileRows {
  private(set) var nextLine: Int
  private(set) var count = 0
  private(set) var areBroken = false
  /// Kept apart until the file has been read: if that fails, how far it came depends on how it was cut.
  private(set) var problems: InputErrors
  private let keys: [String]
  private var seen: [Bool]

  init(firstLine: Int, keys: [String], areKnown: Bool, keptProblems: Int) {
    problems = InputErrors(keeping: keptProblems)
    nextLine = firstLine
    self.keys = keys
    seen = keys.map { _ in areKnown }
  }

  var unseenKeys: [String] { zip(keys, seen).filter { !$0.1 }.map(\.0) }

  mutating func take(_ stretch: CaseTable.Stretch) {
    problems.merge(stretch.problems, shiftedByLines: nextLine)
    for (key, isSeen) in stretch.seenKeys.enumerated() where isSeen { seen[key] = true }
    nextLine += stretch.lineCount
    count += stretch.rowCount
    areBroken = stretch.isBroken
  }
}

extension InputErrors {
  /// One problem as all of them.
  static func of<Value>(_ body: () throws(InputError) -> Value) throws(InputErrors) -> Value {
    do throws(InputError) {
      return try body()
    } catch {
      throw InputErrors(error)
    }
  }
}
