/// What is drawn when cases are drawn again: whole patients (a case by itself where none are named), from strata that keep
/// their sizes.
///
/// A resample is the sorted sample with a weight for each case, how often it was drawn: nothing is sorted again, and the
/// draw is a function of (seed, replicate) alone.
public struct ResamplingUnits: Sendable {
  /// Of every case of the sample.
  private let units: [UInt32]
  /// Units of each stratum.
  private let strata: [[UInt32]]

  public let count: Int

  /// - Parameter byTruth: Patients with positives only, with negatives only and with both are strata. Without it the
  ///   prevalence is as random as the sample.
  public init(_ sample: Sample, byTruth: Bool) {
    let units: [UInt32]
    let count: Int
    if sample.isClustered {
      let sums = PatientSums(by: sample.patients)
      var last: UInt32 = 0
      units = sample.patients.map { code in
        // Cases of a patient often stand together.
        if sums.patients[Int(last)] != code { last = ResamplingUnits.place(of: code, in: sums.patients) }
        return last
      }
      count = sums.patients.count
    } else {
      units = (0..<UInt32(sample.count)).map { $0 }
      count = sample.count
    }
    self.units = units
    self.count = count
    guard byTruth else {
      strata = [(0..<UInt32(count)).map { $0 }]
      return
    }
    var truths = [UInt8](repeating: 0, count: count)
    for (unit, bit) in zip(units, sample.bits) { truths[Int(unit)] |= bit & 1 == 1 ? 1 : 2 }
    strata = (1...3).map { truth in
      (0..<UInt32(count)).filter { truths[Int($0)] == truth }
    }.filter { !$0.isEmpty }
  }

  private static func place(of code: UInt32, in ascending: [UInt32]) -> UInt32 {
    var low = 0
    var high = ascending.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] < code { low = middle + 1 } else { high = middle }
    }
    return UInt32(low)
  }

  /// As many units as there are, drawn with replacement within each stratum.
  public func resample(_ sample: Sample, seed: UInt64, replicate: Int) -> Sample {
    var random = RandomStream(seed, UInt64(replicate))
    var drawn = [UInt16](repeating: 0, count: count)
    drawn.withUnsafeMutableBufferPointer { drawn in
      for stratum in strata {
        stratum.withUnsafeBufferPointer { stratum in
          let size = UInt64(stratum.count)
          for _ in 0..<size {
            drawn[Int(stratum[Int(random.next().multipliedFullWidth(by: size).high)])] += 1
          }
        }
      }
    }
    return sample.drawn(units, drawn)
  }

  /// The sample without each of some parts of the units in turn, at most `mostParts` a stratum, and with what its value
  /// counts for in the influence: (N − m) / N of the stratum.
  public func withoutParts(mostParts: Int = 100) -> [(stratum: Int, part: Int, parts: Int, factor: Double)] {
    strata.enumerated().flatMap { index, stratum in
      let parts = min(mostParts, stratum.count)
      return (0..<parts).map { part in
        let size = (stratum.count - part + parts - 1) / parts
        return (index, part, parts, Double(stratum.count - size) / Double(stratum.count))
      }
    }
  }

  public func leavingOut(_ part: (stratum: Int, part: Int, parts: Int, factor: Double), of sample: Sample)
    -> Sample
  {
    var drawn = [UInt16](repeating: 1, count: count)
    for place in stride(from: part.part, to: strata[part.stratum].count, by: part.parts) {
      drawn[Int(strata[part.stratum][place])] = 0
    }
    return sample.drawn(units, drawn)
  }

  /// Whether no unit has cases in both groups.
  func isWhole(_ isFirst: [Bool]) -> Bool {
    var sides = [UInt8](repeating: 0, count: count)
    for (unit, first) in zip(units, isFirst) { sides[Int(unit)] |= first ? 1 : 2 }
    return sides.allSatisfy { $0 != 3 }
  }

  /// Whether each case belongs to the first of two groups after whole patients were dealt out anew within each stratum,
  /// which keeps how many of its patients (not cases) belong to it.
  ///
  /// - Parameter isFirst: Of every case; a patient belongs where its first case does.
  public func permuted(_ isFirst: [Bool], seed: UInt64, replicate: Int) -> [Bool] {
    var labels = [Bool](repeating: false, count: count)
    for (unit, first) in zip(units, isFirst).reversed() { labels[Int(unit)] = first }
    var random = RandomStream(seed, UInt64(replicate))
    for stratum in strata {
      for place in stratum.indices.dropFirst().reversed() {
        let other = Int(random.next().multipliedFullWidth(by: UInt64(place + 1)).high)
        labels.swapAt(Int(stratum[place]), Int(stratum[other]))
      }
    }
    return units.map { labels[Int($0)] }
  }
}

extension Sample {
  /// Each case as often as its unit was drawn, as weights; without patients, since only values are read of it.
  fileprivate func drawn(_ units: [UInt32], _ times: [UInt16]) -> Sample {
    var kept: (scores: [Double], bits: [UInt16], weights: [Double]) = ([], [], [])
    kept.scores.reserveCapacity(scores.count)
    kept.bits.reserveCapacity(count)
    kept.weights.reserveCapacity(count)
    let hasScores = !scores.isEmpty
    for index in units.indices {
      let often = times[Int(units[index])]
      guard often > 0 else { continue }
      if hasScores { kept.scores.append(scores[scores.startIndex + index]) }
      kept.bits.append(bits[bits.startIndex + index])
      kept.weights.append(isWeighted ? Double(often) * weights[weights.startIndex + index] : Double(often))
    }
    return Sample(
      scores: kept.scores[...], bits: kept.bits[...], weights: kept.weights[...],
      operatingPoints: operatingPoints, excludesFailed: excludesFailed)
  }
}
