import Statistics
import TestSupport
import Testing

@Suite struct ConfidenceSequenceTests {
  @Test func agreesWithSumsInNumPy() throws {
    let goldens = try Golden.values("monitoring")["sequences"].array
    #expect(goldens.count == 3)
    for golden in goldens {
      var sequence = ConfidenceSequence(alpha: golden["alpha"].number)
      let at = golden["at"].array.compactMap(\.int)
      for (place, value) in golden["values"].numbers.enumerated() {
        sequence.add(value)
        guard let look = at.firstIndex(of: place) else { continue }
        #expect(agrees(sequence.lower, golden["lower"][look].number, within: 1e-12))
        #expect(agrees(sequence.upper, golden["upper"][look].number, within: 1e-12))
      }
    }
  }

  /// Looking after every case: at most 5 % of sequences ever exclude the truth; Wilson's intervals do so far more often.
  @Test(arguments: [0.03, 0.5, 0.9]) func holdsAtAllTimes(_ mean: Double) throws {
    let (sequences, cases) = (600, 1000)
    var misses = (sequence: 0, wilson: 0)
    var width = 0.0
    for run in 0..<sequences {
      var stream = RandomStream(77, UInt64(run))
      var sequence = ConfidenceSequence(alpha: 0.05)
      var (hits, wilsonEver) = (0, false)
      for place in 1...cases {
        let hit = stream.bernoulli(mean)
        hits += hit ? 1 : 0
        sequence.add(hit ? 1 : 0)
        let wilson = Proportion(successes: hits, trials: place).wilson(tail: 0.025)
        if !wilson.contains(mean) { wilsonEver = true }
      }
      misses.sequence += sequence.excludes(mean) ? 1 : 0
      misses.wilson += wilsonEver ? 1 : 0
      width += (sequence.upper - sequence.lower) / Double(sequences)
    }
    #expect(Double(misses.sequence) / Double(sequences) <= 0.05)
    #expect(Double(misses.wilson) / Double(sequences) > 0.15)
    // The price of looking at any time is a factor, not a trivial interval.
    let fixed = Proportion(successes: Int(mean * 1000), trials: 1000).wilson(tail: 0.025)
    #expect(width < 3.5 * (fixed.upper - fixed.lower))
  }

  @Test func limitsOnlyNarrowAndAChangedMeanIsSaid() throws {
    var sequence = ConfidenceSequence(alpha: 0.05)
    #expect(try sequence.interval() == Interval(lower: 0, upper: 1, level: 0.95))
    var last = (sequence.lower, sequence.upper)
    for place in 0..<400 {
      sequence.add(place % 2 == 0 ? 1 : 0.8)
      #expect(sequence.lower >= last.0 && sequence.upper <= last.1)
      last = (sequence.lower, sequence.upper)
    }
    #expect(sequence.excludes(0.7) && !sequence.excludes(0.9))
    for _ in 0..<4000 { sequence.add(0) }
    #expect(throws: Undefined.notComputed("no constant mean fits the whole sequence")) {
      try sequence.interval()
    }
  }
}
