internal import Statistics

/// Hypotheses tested together: normal statistics with one correlation, some of the hypotheses false.
public struct FamilyScenario: Hashable, Sendable {
  public let hypotheses: Int
  /// The first ones.
  public let isFalse: Int
  public let correlation: Double

  public init(hypotheses: Int, isFalse: Int, correlation: Double) {
    self.hypotheses = hypotheses
    self.isFalse = isFalse
    self.correlation = correlation
  }

  /// Where a hypothesis is false: the mean of its statistic.
  public static let effect = 3.0
  public struct Procedure: Sendable {
    public let name: String
    /// The false-discovery rate, not the family-wise error.
    public var controlsDiscoveries = false
    let adjust: @Sendable ([Double]) -> [Double]
  }

  /// Of max-T the correlation is known, as it nearly is in large samples.
  public var procedures: [Procedure] {
    let largest = MaxT(
      correlation: (0..<hypotheses).map { row in
        (0..<hypotheses).map { $0 == row ? 1 : correlation }
      }, seed: 20_261_121)
    return [
      Procedure(name: "none") { $0 }, Procedure(name: "Holm", adjust: FamilyWise.holm),
      Procedure(name: "Hochberg", adjust: FamilyWise.hochberg),
      Procedure(name: "fixed sequence", adjust: FamilyWise.fixedSequence),
      Procedure(name: "max-T") { p in p.map { largest.adjusted($0, of: p.count) } },
      Procedure(
        name: "Benjamini-Hochberg", controlsDiscoveries: true, adjust: FalseDiscovery.benjaminiHochberg),
    ]
  }

  public struct Rates: Hashable, Sendable {
    /// Any true hypothesis rejected.
    public let familyWise: Double
    /// Of the rejected ones, the share that is true, 0 without any.
    public let falseDiscoveries: Double
    /// Of the false ones, the share that is rejected.
    public let power: Double
  }

  /// In the order of `procedures`.
  public func rates(replicates: Int, seed: UInt64) throws -> [Rates] {
    let procedures = procedures
    let shares = try frequencies(replicates: replicates, seed: seed) { random in
      let shared = random.normal() * correlation.squareRoot()
      let p = (0..<hypotheses).map { place in
        let z =
          shared + random.normal() * (1 - correlation).squareRoot() + (place < isFalse ? Self.effect : 0)
        return 2 * Normal.upperTail(abs(z))
      }
      return procedures.flatMap { procedure -> [Double] in
        let rejected = procedure.adjust(p).map { $0 <= 0.05 }
        let found = rejected.prefix(isFalse).count { $0 }
        let wrong = rejected.dropFirst(isFalse).count { $0 }
        return [
          wrong > 0 ? 1 : 0, found + wrong > 0 ? Double(wrong) / Double(found + wrong) : 0,
          isFalse > 0 ? Double(found) / Double(isFalse) : 0,
        ]
      }
    }
    return procedures.indices.map {
      Rates(familyWise: shares[3 * $0], falseDiscoveries: shares[3 * $0 + 1], power: shares[3 * $0 + 2])
    }
  }
}
