internal import Statistics
internal import Validation

/// A text column of the whole table: the dictionaries of its stretches joined into one.
///
/// Codes count distinct cells in the order of their first appearance, however the file was cut.
struct TextColumn: Sendable {
  let chunks: [TextChunk]
  /// Of every entry of every stretch's dictionary, one stretch after the other.
  private let codes: [UInt32]
  private let entryStarts: [Int]
  /// The entry in which each code first appears.
  private let firstEntries: [UInt32]
  /// Where spelling does not count: of every code, the text that stands for all its spellings, and those that occur.
  private var spellings: [(text: String, texts: [String])]?
  private var differences: [Spelling.Difference] = []

  var distinctCount: Int { firstEntries.count }

  init(_ chunks: [TextChunk], workers: Workers) {
    self.chunks = chunks
    let starts = chunks.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.distinctCount) }
    entryStarts = starts
    let entries = starts.last ?? 0
    var firstOf = FirstAppearances.find(in: chunks, starts: starts, workers: workers)
    var firstEntries: [UInt32] = []
    for entry in 0..<entries {
      let first = Int(firstOf[entry])
      if first == entry {
        firstOf[entry] = UInt32(firstEntries.count)
        firstEntries.append(UInt32(entry))
      } else {
        // The first appearance comes earlier, so its place already holds its code.
        firstOf[entry] = firstOf[first]
      }
    }
    codes = firstOf
    self.firstEntries = firstEntries
  }

  /// Texts that are spelt alike are one, written as one of `preferred` is, else as most rows write it; but for the exact ones,
  /// which are nothing else however they are spelt.
  init(
    _ chunks: [TextChunk], workers: Workers, ignoring differences: [Spelling.Difference],
    preferred: [String] = [], exact isExact: (String) -> Bool = { _ in false }
  ) {
    let exact = TextColumn(chunks, workers: workers)
    guard !differences.isEmpty else {
      self = exact
      return
    }
    let texts = exact.texts
    let counts = exact.counts(except: [])
    let named = Dictionary(
      preferred.map { (differences.folded($0), $0) }, uniquingKeysWith: { first, _ in first })
    var groupOf: [String: Int] = [:]
    var groups: [[Int]] = []
    let groupOfCode = texts.enumerated().map { code, text in
      let key = isExact(text) ? "\0" + text : differences.folded(text)
      let group = groupOf[key, default: groups.count]
      if group == groups.count {
        groupOf[key] = group
        groups.append([])
      }
      groups[group].append(code)
      return UInt32(group)
    }
    self.chunks = chunks
    entryStarts = exact.entryStarts
    codes = exact.codes.map { groupOfCode[Int($0)] }
    firstEntries = groups.map { exact.firstEntries[$0[0]] }
    spellings = groups.map { group in
      let usual = texts[group.max { (counts[$0], $1) < (counts[$1], $0) } ?? group[0]]
      let name = isExact(usual) ? usual : named[differences.folded(usual)] ?? usual
      return (name, group.map { texts[$0] })
    }
    self.differences = differences
  }

  /// How the cells of a code are spelt, in the order of their first appearance.
  func spellings(_ code: Int) -> [String] { spellings?[code].texts ?? [text(code)] }

  /// Where a code first appears: a stretch's dictionary, and the place in it.
  func entry(_ code: Int) -> (chunk: TextChunk, index: Int) {
    let entry = Int(firstEntries[code])
    let chunk = entryStarts.partitioningIndex { $0 > entry } - 1
    return (chunks[chunk], entry - entryStarts[chunk])
  }

  func text(_ code: Int) -> String {
    if let spellings { return spellings[code].text }
    let entry = Int(firstEntries[code])
    let chunk = entryStarts.partitioningIndex { $0 > entry } - 1
    return chunks[chunk].text(entry - entryStarts[chunk])
  }

  /// The code of a cell, if it occurs.
  func code(of text: String) -> Int? {
    if let spellings {
      let folded = differences.folded(text)
      return spellings.firstIndex { $0.texts.contains(text) }
        ?? spellings.firstIndex { differences.folded($0.text) == folded }
    }
    // Hashing loads whole words.
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 8)
    return bytes.withUnsafeBufferPointer { padded in
      let cell = UnsafeBufferPointer(rebasing: padded.dropLast(8))
      let hash = TextHash.hash(cell)
      for (chunk, own) in chunks.enumerated() {
        for (index, other) in own.hashes.enumerated()
        where other == hash && own.bytes(index).elementsEqual(cell) {
          return Int(codes[entryStarts[chunk] + index])
        }
      }
      return nil
    }
  }

  var texts: [String] { (0..<distinctCount).map(text) }

  /// Whether each distinct cell stands in any row but these.
  func occurs(except rows: [Bool]) -> [Bool] {
    rows.isEmpty
      ? [Bool](repeating: true, count: distinctCount) : counts(except: rows).map { $0 > 0 }
  }

  /// In how many rows but these each distinct cell stands.
  func counts(except rows: [Bool]) -> [Int] {
    var counts = [Int](repeating: 0, count: distinctCount)
    var row = 0
    for (stretch, chunk) in chunks.enumerated() {
      let codes = Array(codes(ofChunk: stretch))
      for code in chunk.codes {
        if code != TextChunk.absent, !rows.holds(row) { counts[Int(codes[Int(code)])] += 1 }
        row += 1
      }
    }
    return counts
  }

  /// The joined codes of one stretch's own.
  func codes(ofChunk chunk: Int) -> ArraySlice<UInt32> { codes[entryStarts[chunk]..<entryStarts[chunk + 1]] }

  /// What each code means, for every row in turn; `absent` where the cell is not there at all.
  func rows<Meaning: Sendable>(
    _ meanings: [Meaning], absent: Meaning, starts: [Int], workers: Workers
  ) -> [Meaning] {
    workers.assemble(starts) { chunk, places in
      let codes = chunks[chunk].codes
      let own = self.codes(ofChunk: chunk).map { meanings[Int($0)] }
      own.withUnsafeBufferPointer { own in
        for row in codes.indices {
          let code = Int(codes[row])
          (places + row).initialize(to: code < own.count ? own[code] : absent)
        }
      }
    }
  }
}
