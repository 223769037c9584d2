/// The bytes of libFuzzer: the first ones choose, the rest are files.
///
/// A choice is one byte, of which `0` is the first alternative, so that seeds can be written by hand.
package struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  package init(_ data: UnsafePointer<UInt8>, _ size: Int) {
    rest = Array(UnsafeBufferPointer(start: data, count: size))[...]
  }

  /// The next byte as a number, 0 for the character `0`; 0 when none is left.
  package mutating func number() -> Int { Int((rest.popFirst() ?? UInt8(ascii: "0")) &- UInt8(ascii: "0")) }

  package mutating func choice<Choice>(_ choices: Choice...) -> Choice { choices[number() % choices.count] }

  /// As many files, the first ones taken from what stands between separators; those that are not there are empty.
  package func files(_ count: Int) -> [[UInt8]] {
    let files = rest.split(separator: Self.separator, maxSplits: count - 1, omittingEmptySubsequences: false)
    return files.map(Array.init) + [[UInt8]](repeating: [], count: count - files.count)
  }

  /// The group separator of ASCII.
  private static let separator: UInt8 = 0x1D
}
