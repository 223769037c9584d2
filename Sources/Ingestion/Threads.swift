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

  /// `count` values; the pieces together must initialise every place, and no two of them the same one.
  func scatter<Value: Sendable>(
    _ count: Int, pieces: Int,
    _ write: @escaping @Sendable (_ piece: Int, _ places: UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress {
        let places = Places(base: base)
        forEach(pieces) { write($0, places.base) }
      }
      initialized = count
    }
  }

  /// Values in stretches that begin at `starts` (with the end as one more), each written by itself.
  func assemble<Value: Sendable>(
    _ starts: [Int],
    _ write: @escaping @Sendable (_ stretch: Int, _ places: UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    scatter(starts.last ?? 0, pieces: starts.count - 1) { write($0, $1 + starts[$0]) }
  }
}

/// Memory that several workers write, each in its own places.
private struct Places<Value>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Value>
}
