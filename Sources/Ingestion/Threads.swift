internal import Dispatch
public import Statistics
internal import Synchronization

extension Workers {
  /// Threads of this process, each pulling the next piece until none is left.
  public static func threads(_ count: Int) -> Workers {
    Workers(count: count) { pieces, body in
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
        while true {
          let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard piece < pieces else { return }
          body(piece)
        }
      }
    }
  }

  /// `count` values, each written by the stretch it belongs to. `fill` must initialise every place of its stretch.
  func assemble<Value: Sendable>(
    _ starts: [Int],
    _ fill: @escaping @Sendable (_ stretch: Int, _ places: UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    let total = starts.last ?? 0
    return [Value](unsafeUninitializedCapacity: total) { buffer, count in
      if let base = buffer.baseAddress {
        let places = Places(base: base)
        forEach(starts.count - 1) { fill($0, places.base + starts[$0]) }
      }
      count = total
    }
  }
}

/// Memory that several workers write, each to its own stretch.
private struct Places<Value>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Value>
}
