/// "Did you mean": the known name that is nearest to a mistyped one.
package enum Suggestion {
  /// Ready to be put behind a message: a near name if there is one, else the names that are known.
  package static func hint(for word: String, among names: [String]) -> String {
    if let near = nearest(to: word, among: names) { return "; did you mean \"\(near)\"?" }
    return names.isEmpty ? "" : "; known: \(names.joined(separator: ", "))"
  }

  /// Nil when every name differs in more than a third of its characters.
  package static func nearest(to word: String, among names: [String]) -> String? {
    let typed = Array(word.prefix(60).lowercased().utf8)
    let distances = names.map { (name: $0, distance: distance(typed, Array($0.lowercased().utf8))) }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.name.utf8.count / 3) ? best.name : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, restricted).
  private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var twoBack: [Int] = []
    var back = Array(0...other.count)
    for i in one.indices {
      var row = [i + 1]
      for j in other.indices {
        var best = min(back[j + 1] + 1, row[j] + 1, back[j] + (one[i] == other[j] ? 0 : 1))
        if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
          best = min(best, twoBack[j - 1] + 1)
        }
        row.append(best)
      }
      twoBack = back
      back = row
    }
    return back[other.count]
  }
}
