/// A stretch of a text column: each different cell once, and a code for every row.
struct TextChunk: Sendable {
  /// The code of a cell that is not there at all.
  static let absent = UInt16.max

  private(set) var codes: [UInt16]
  /// One more than there are distinct cells; each stands at `offsets[i]..<offsets[i + 1]` of `arena`.
  private(set) var offsets: [UInt32] = [0]
  private(set) var arena: [UInt8] = []
  private(set) var hashes: [UInt32] = []
  /// Of JSON: the byte of its line at which each row's cell stands; else empty.
  let columns: [UInt32]

  var distinctCount: Int { hashes.count }

  init(_ cells: Cells, slot: Int, bytes: CellReader) {
    let width = cells.width
    columns = cells.columns.isEmpty ? [] : (0..<cells.rowCount).map { cells.columns[$0 * width + slot] }
    var table = CodeTable()
    codes = []
    codes = [UInt16](unsafeUninitializedCapacity: cells.rowCount) { codes, count in
      cells.spans.withUnsafeBufferPointer { spans in
        for row in 0..<cells.rowCount {
          if let cell = bytes(spans[row &* width &+ slot]) {
            codes[row] = code(of: cell, in: &table)
          } else {
            codes[row] = Self.absent
          }
        }
      }
      count = cells.rowCount
    }
  }

  /// Cells of another table: for each row the row there, or `KeyMatch.none`; `rowCodes` are that table's rows as codes of
  /// its column.
  init(_ rows: ArraySlice<UInt32>, rowCodes: [UInt32], of column: TextColumn) {
    columns = []
    codes = []
    codes.reserveCapacity(rows.count)
    var known = OwnCodes()
    for row in rows {
      let code = row == KeyMatch.none ? KeyMatch.none : rowCodes[Int(row)]
      guard code != KeyMatch.none else {
        codes.append(Self.absent)
        continue
      }
      let own = known.code(of: code)
      if Int(own) == hashes.count {
        let (chunk, index) = column.entry(Int(code))
        hashes.append(chunk.hashes[index])
        arena.append(contentsOf: chunk.bytes(index))
        offsets.append(UInt32(arena.count))
      }
      codes.append(own)
    }
  }

  @inline(__always)
  private mutating func code(of cell: UnsafeBufferPointer<UInt8>, in table: inout CodeTable) -> UInt16 {
    let hash = TextHash.hash(cell)
    var place = table.place(of: hash)
    while case let code = table.slots[place], code != CodeTable.empty {
      if hashes[Int(code)] == hash && holds(cell, at: Int(code)) { return code }
      place = (place &+ 1) & table.mask
    }
    let code = UInt16(hashes.count)
    table.slots[place] = code
    hashes.append(hash)
    arena.append(contentsOf: cell)
    offsets.append(UInt32(arena.count))
    table.growIfNeeded(hashes)
    return code
  }

  @inline(__always)
  private func holds(_ cell: UnsafeBufferPointer<UInt8>, at code: Int) -> Bool {
    let start = Int(offsets[code])
    guard Int(offsets[code + 1]) - start == cell.count else { return false }
    return arena.withUnsafeBufferPointer { arena in
      for index in 0..<cell.count where arena[start &+ index] != cell[index] { return false }
      return true
    }
  }

  func text(_ code: Int) -> String {
    String(decoding: arena[Int(offsets[code])..<Int(offsets[code + 1])], as: UTF8.self)
  }

  func bytes(_ code: Int) -> ArraySlice<UInt8> { arena[Int(offsets[code])..<Int(offsets[code + 1])] }
}

/// An open-addressed table from hashes to codes, never more than half full.
private struct CodeTable {
  static let empty = UInt16.max
  private(set) var mask = 63
  var slots = [UInt16](repeating: empty, count: 64)

  @inline(__always) func place(of hash: UInt32) -> Int { Int(truncatingIfNeeded: hash) & mask }

  mutating func growIfNeeded(_ hashes: [UInt32]) {
    guard hashes.count * 2 > slots.count else { return }
    slots = [UInt16](repeating: Self.empty, count: slots.count * 4)
    mask = slots.count - 1
    for (code, hash) in hashes.enumerated() {
      var place = place(of: hash)
      while slots[place] != Self.empty { place = (place + 1) & mask }
      slots[place] = UInt16(code)
    }
  }
}

/// The codes of a column, numbered anew in the order in which they are met: an open-addressed table, at most half full.
private struct OwnCodes {
  private var keys = [UInt32](repeating: .max, count: 64)
  private var own = [UInt16](repeating: 0, count: 64)
  private var count = 0

  @inline(__always)
  mutating func code(of key: UInt32) -> UInt16 {
    var place = Self.place(of: key, keys.count)
    while keys[place] != .max {
      if keys[place] == key { return own[place] }
      place = (place &+ 1) & (keys.count &- 1)
    }
    keys[place] = key
    own[place] = UInt16(count)
    count += 1
    if count * 2 > keys.count { grow() }
    return UInt16(count - 1)
  }

  private mutating func grow() {
    let (oldKeys, oldOwn) = (keys, own)
    keys = [UInt32](repeating: .max, count: oldKeys.count * 4)
    own = [UInt16](repeating: 0, count: keys.count)
    for (key, code) in zip(oldKeys, oldOwn) where key != .max {
      var place = Self.place(of: key, keys.count)
      while keys[place] != .max { place = (place + 1) & (keys.count - 1) }
      keys[place] = key
      own[place] = code
    }
  }

  @inline(__always)
  private static func place(of key: UInt32, _ size: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B1) >> 7) & (size &- 1)
  }
}

/// A hash of a cell: fixed, not seeded, so that nothing differs between runs. It decides no order.
enum TextHash {
  @inline(__always)
  static func hash(_ cell: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(cell.count)
    guard let base = cell.baseAddress else { return 0 }
    var at = 0
    while at &+ 8 <= cell.count {
      state = mix(state ^ ByteScan.load(base + at))
      at &+= 8
    }
    if at < cell.count {
      // Eight bytes are readable beyond every cell; those that are not its own are masked out.
      let unused = UInt64(8 &- (cell.count &- at)) &* 8
      state = mix(state ^ ((ByteScan.load(base + at) << unused) >> unused))
    }
    return UInt32(truncatingIfNeeded: state ^ (state >> 32))
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }
}
