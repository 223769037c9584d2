internal import Statistics

/// Which entries of the stretches' dictionaries are the same text.
///
/// Entries are parted by the first bits of their hashes: the parts are small enough for the caches and are searched
/// side by side. Within a part they keep their order, so that the first one found is the first of all.
struct FirstAppearances: Sendable {
  private let chunks: [TextChunk]
  private let starts: [Int]
  private let parts: [[Range<Int>]]
  private let entries: [Entry]

  private struct Entry: Sendable {
    let hash: UInt32
    let chunk: UInt32
    let index: UInt32
  }

  /// `starts`: how many entries come before those of each stretch.
  static func find(in chunks: [TextChunk], starts: [Int], workers: Workers) -> [UInt32] {
    let search = FirstAppearances(chunks, starts, workers)
    return workers.scatter(starts.last ?? 0, pieces: search.parts.count) { search.find(part: $0, $1) }
  }

  private init(_ chunks: [TextChunk], _ starts: [Int], _ workers: Workers) {
    self.chunks = chunks
    self.starts = starts
    let count = starts.last ?? 0
    let bits: UInt32 = count < 1 << 15 ? 0 : 5
    let shift = 32 - bits
    let counts = workers.map(chunks.count) { chunk -> [Int] in
      chunks[chunk].hashes.reduce(into: [Int](repeating: 0, count: 1 << bits)) { $0[Int($1 >> shift)] += 1 }
    }
    var place = 0
    let parts = (0..<1 << Int(bits)).map { part in
      counts.map { counts -> Range<Int> in
        defer { place += counts[part] }
        return place..<(place + counts[part])
      }
    }
    self.parts = parts
    entries = workers.scatter(count, pieces: chunks.count) { chunk, places in
      var next = parts.map { $0[chunk].lowerBound }
      for (index, hash) in chunks[chunk].hashes.enumerated() {
        let part = Int(hash >> shift)
        let entry = Entry(hash: hash, chunk: UInt32(chunk), index: UInt32(index))
        (places + next[part]).initialize(to: entry)
        next[part] += 1
      }
    }
  }

  /// Writes, for each entry of a part, the first with the same text; there, entries are numbered through all stretches.
  private func find(part: Int, _ firsts: UnsafeMutablePointer<UInt32>) {
    guard let start = parts[part].first?.lowerBound, let end = parts[part].last?.upperBound else { return }
    let empty = UInt32.max
    var slots = [UInt32](
      repeating: empty, count: 1 << (Int.bitWidth - (2 * (end - start)).leadingZeroBitCount))
    let mask = slots.count - 1
    for current in start..<end {
      let entry = entries[current]
      var place = Int(truncatingIfNeeded: entry.hash) & mask
      while slots[place] != empty, !isSame(entries[Int(slots[place])], entry) { place = (place + 1) & mask }
      if slots[place] == empty { slots[place] = UInt32(current) }
      (firsts + number(of: entry)).initialize(to: UInt32(number(of: entries[Int(slots[place])])))
    }
  }

  private func number(of entry: Entry) -> Int { starts[Int(entry.chunk)] + Int(entry.index) }

  private func isSame(_ first: Entry, _ second: Entry) -> Bool {
    guard first.hash == second.hash else { return false }
    return chunks[Int(first.chunk)].holds(Int(first.index), chunks[Int(second.chunk)], Int(second.index))
  }
}

extension TextChunk {
  /// Whether one's cell is the same as another's.
  fileprivate func holds(_ index: Int, _ other: TextChunk, _ otherIndex: Int) -> Bool {
    let (start, otherStart) = (Int(offsets[index]), Int(other.offsets[otherIndex]))
    let count = Int(offsets[index + 1]) - start
    guard Int(other.offsets[otherIndex + 1]) - otherStart == count else { return false }
    return arena.withUnsafeBufferPointer { own in
      other.arena.withUnsafeBufferPointer { other in
        for place in 0..<count where own[start &+ place] != other[otherStart &+ place] { return false }
        return true
      }
    }
  }
}
