/// Sorting permutations by radix: stable, linear, and free of closures.
public enum RadixOrder {
  /// Indices that put `values` in ascending order; equal values keep their order. No value may be NaN.
  public static func ascending(_ values: [Double]) -> [UInt32] {
    // Order-preserving bits: negative numbers are flipped whole, others in the sign only. −0 and 0 share a key.
    order(
      count: values.count,
      keys: values.map {
        let bits = ($0 + 0).bitPattern
        return bits >> 63 == 1 ? ~bits : bits | (1 << 63)
      }, bitsOfKey: 64)
  }

  /// Indices that put codes in ascending order; equal codes keep their order.
  public static func ascending(_ codes: ArraySlice<UInt32>) -> [UInt32] {
    let largest = codes.max() ?? 0
    return order(
      count: codes.count, keys: codes.map(UInt64.init),
      bitsOfKey: UInt32.bitWidth - largest.leadingZeroBitCount)
  }

  private static func order(count: Int, keys: [UInt64], bitsOfKey: Int) -> [UInt32] {
    precondition(count <= Int(UInt32.max))
    let digitBits = 11
    let buckets = 1 << digitBits
    let mask = UInt64(buckets - 1)
    let passes = (bitsOfKey + digitBits - 1) / digitBits
    var from = (0..<count).map { (key: keys[$0], index: UInt32(truncatingIfNeeded: $0)) }
    var to = from
    var starts = [Int](repeating: 0, count: buckets)
    for pass in 0..<passes {
      let shift = UInt64(pass * digitBits)
      for bucket in 0..<buckets { starts[bucket] = 0 }
      let moved = from.withUnsafeBufferPointer { from -> Bool in
        for entry in from { starts[Int((entry.key >> shift) & mask)] += 1 }
        // A digit that is the same everywhere orders nothing.
        if let first = from.first, starts[Int((first.key >> shift) & mask)] == count { return false }
        var sum = 0
        for bucket in 0..<buckets {
          let here = starts[bucket]
          starts[bucket] = sum
          sum += here
        }
        to.withUnsafeMutableBufferPointer { to in
          starts.withUnsafeMutableBufferPointer { starts in
            for entry in from {
              let bucket = Int((entry.key >> shift) & mask)
              to[starts[bucket]] = entry
              starts[bucket] += 1
            }
          }
        }
        return true
      }
      if moved { swap(&from, &to) }
    }
    return from.map(\.index)
  }
}
