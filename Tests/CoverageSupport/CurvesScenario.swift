internal import Statistics

/// Three models on the same independent cases, whose latent scores correlate by one half within a class.
public struct CurvesScenario: Hashable, Sendable {
  public let perClass: Int
  public let auc: Double

  public init(perClass: Int, auc: Double) {
    self.perClass = perClass
    self.auc = auc
  }

  /// The share of samples in which the areas are said to differ, at 5 %; one without a test does not.
  ///
  /// - Parameter deficit: By how much the third model's positives score lower.
  public func rejections(replicates: Int, seed: UInt64, deficit: Double = 0) throws -> Double {
    let separation = 2.0.squareRoot() * Normal.quantile(auc)
    let half = 0.5.squareRoot()
    return try frequencies(replicates: replicates, seed: seed) { random in
      var scores = [[Double]](repeating: [], count: 3)
      var truth: [Bool] = []
      for place in 0..<2 * perClass {
        let isPositive = place < perClass
        truth.append(isPositive)
        let shared = random.normal() * half
        for model in 0..<3 {
          let shift = isPositive ? separation - (model == 2 ? deficit : 0) : 0
          scores[model].append(shift + shared + random.normal() * half)
        }
      }
      let p = try? CorrelatedAreas(scores: scores, isPositive: truth).equality().p
      return [p.map { $0 <= 0.05 } == true ? 1 : 0]
    }[0]
  }
}
