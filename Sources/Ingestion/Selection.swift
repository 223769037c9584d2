internal import Statistics

/// Which rows of the table are cases of the cohort, and where they stand there.
struct Selection: Sendable {
  private let keep: [Bool]
  /// Of each stretch, in the table and in the cohort; one more than there are stretches.
  private let rowStarts: [Int]
  private let caseStarts: [Int]

  init(_ keep: [Bool], starts: [Int], workers: Workers) {
    self.keep = keep
    rowStarts = starts
    let counts = workers.map(starts.count - 1) { stretch in
      keep[starts[stretch]..<starts[stretch + 1]].count { $0 }
    }
    caseStarts = counts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
  }

  var count: Int { caseStarts[caseStarts.count - 1] }
  var isEverything: Bool { count == keep.count }
  func contains(_ row: Int) -> Bool { keep[row] }

  /// The values of the cases alone.
  func callAsFunction<Value: Sendable>(_ values: [Value], _ workers: Workers) -> [Value] {
    if isEverything { return values }
    return workers.assemble(caseStarts) { stretch, places in
      var place = places
      for row in rowStarts[stretch]..<rowStarts[stretch + 1] where keep[row] {
        place.initialize(to: values[row])
        place += 1
      }
    }
  }
}
