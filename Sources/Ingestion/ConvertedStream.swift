internal import Glibc

/// What another program writes when it is given a file. Ends with an error unless that program ends well.
final class ConvertedStream: ByteStream {
  let file: OpenFile
  private let converter: Converter
  private let output: Int32
  private let complaints: Int32
  /// Nil when it has ended and its status was taken: nothing is left behind in the table of processes.
  private var process: pid_t?

  /// No shell comes between, and no name of a file: nothing needs to be quoted.
  init(_ file: OpenFile, by converter: Converter) throws(InputError) {
    self.file = file
    self.converter = converter
    let (output, complaints) = (try Pipe(for: file), try Pipe(for: file))
    // What it complains of is read when it has ended: a full pipe must not hold it up.
    _ = fcntl(complaints.writing, F_SETFL, O_NONBLOCK)
    self.output = output.reading
    self.complaints = complaints.reading
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, file.descriptor, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, complaints.writing, 2)
    var arguments = converter.command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var started: pid_t = 0
    let status = posix_spawnp(&started, converter.program, &actions, nil, &arguments, environ)
    output.closeWriting()
    complaints.closeWriting()
    guard status == 0 else {
      throw InputError(
        .missingProgram(converter.program, remedy: converter.howToGetIt), file: file.shownAs)
    }
    process = started
  }

  deinit {
    close(output)
    close(complaints)
    if let process {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
  }

  private(set) var bytesRead = 0
  private var times = WorkbookTimes()

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard let process else { return 0 }
    var count = 0
    repeat {
      let held = times.resume(in: buffer)
      let free = UnsafeMutableRawBufferPointer(rebasing: buffer[held...])
      count = Glibc.read(output, free.baseAddress, free.count)
      while count < 0 && errno == EINTR { count = Glibc.read(output, free.baseAddress, free.count) }
      guard count > 0 else { break }
      // How much of the file it has read, nobody knows.
      let kept = times.written(UnsafeMutableRawBufferPointer(rebasing: buffer[..<(held + count)]))
      if kept > 0 { return kept }
    } while true
    self.process = nil
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    guard status == 0, count == 0 else { throw InputError(failure, file: file.shownAs) }
    bytesRead = file.size
    return 0
  }

  /// Its words may hold cells, so that only their kind is told.
  private var failure: InputError.Kind {
    var text = [UInt8](repeating: 0, count: 4096)
    let count = max(0, Glibc.read(complaints, &text, text.count))
    let words = String(decoding: text[..<count], as: UTF8.self)
    if case .workbook(let sheet?) = converter, words.hasPrefix("Sheet '"), words.contains("not found") {
      return .missingSheet(sheet, known: (try? WorkbookSheets.sheets(in: file).map(\.name)) ?? [])
    }
    return .programFailed(converter.program)
  }

  func sha256() -> String {
    let stream = PlainStream(file)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { buffer.deallocate() }
    while let count = try? stream.read(into: buffer), count > 0 {}
    return stream.sha256()
  }
}

/// Closed in every child that is not given an end of it.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init(for file: OpenFile) throws(InputError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
      throw InputError(.unreadable(reason: String(cString: strerror(errno))), file: file.shownAs)
    }
    (reading, writing) = (ends[0], ends[1])
  }

  func closeWriting() { close(writing) }
}
