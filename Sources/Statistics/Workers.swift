/// The hands that share out independent pieces of work. The mathematics asks for them; a shell supplies the threads.
///
/// Results never depend on the number of workers: every piece writes to its own place.
public struct Workers: Sendable {
  public let count: Int
  private let run: @Sendable (_ pieces: Int, _ body: @escaping @Sendable (Int) -> Void) -> Void

  public init(count: Int, run: @escaping @Sendable (Int, @escaping @Sendable (Int) -> Void) -> Void) {
    precondition(count > 0)
    self.count = count
    self.run = run
  }

  /// Everything on the calling thread, in order.
  public static let one = Workers(count: 1) { pieces, body in
    for piece in 0..<pieces { body(piece) }
  }

  /// `body(0) … body(pieces - 1)`, in any order, each once; returns when all are done.
  public func forEach(_ pieces: Int, _ body: @escaping @Sendable (Int) -> Void) {
    if count == 1 || pieces < 2 {
      for piece in 0..<pieces { body(piece) }
    } else {
      run(pieces, body)
    }
  }

  /// The results of `transform(0) … transform(pieces - 1)`, in order.
  public func map<Result: Sendable>(
    _ pieces: Int, _ transform: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let slots = Slots<Result>(count: pieces)
    forEach(pieces) { slots.fill($0, with: transform($0)) }
    return slots.take()
  }
}

/// One place for each result; two workers never share a place, and nobody reads before all have written.
private final class Slots<Value: Sendable>: @unchecked Sendable {
  private let places: UnsafeMutableBufferPointer<Value?>

  init(count: Int) {
    places = .allocate(capacity: count)
    places.initialize(repeating: nil)
  }

  deinit {
    places.deinitialize()
    places.deallocate()
  }

  func fill(_ index: Int, with value: Value) { places[index] = value }

  func take() -> [Value] {
    places.map {
      guard let value = $0 else { preconditionFailure("a worker left a place empty") }
      return value
    }
  }
}
