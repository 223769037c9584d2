internal import Statistics
internal import Validation

extension Scenario {
  /// Tests of perfect calibration, in the order of `calibrationRejections`.
  public static let calibrationTests = [
    "excess calibration error", "Spiegelhalter's z", "Hosmer-Lemeshow",
  ]

  /// Shares of samples in which each rejects at 5 %; nil where it is not defined in any.
  ///
  /// - Parameter stretch: By how much predictions are too far from one half, on the logit scale; 1 is calibrated.
  public func calibrationRejections(replicates: Int, seed: UInt64, stretch: Double = 1) throws -> [Double?] {
    let metrics = ["ece_excess", "spiegelhalter_z", "hosmer_lemeshow"]
    var plan = plan()
    plan.metrics = metrics
    plan.subgroups = []
    let shares = try frequencies(replicates: replicates, seed: seed) { [plan] random in
      let study = try Study(of: cohort(seed: random.next(), stretch: stretch), following: plan)
      let tests = metrics.map { id in study.rows.first { $0.key.metric == id }?.test?.p }
      let rejected = tests.map { $0.map { $0 <= 0.05 } }
      return rejected.map { $0 == true ? 1 : 0 } + rejected.map { $0 == nil ? 0 : 1 }
    }
    return Self.calibrationTests.indices.map { index in
      let defined = shares[Self.calibrationTests.count + index]
      return defined > 0 ? shares[index] / defined : nil
    }
  }
}
