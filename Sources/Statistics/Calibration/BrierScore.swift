/// Sums over scored cases from which the Brier score, the scaled Brier score and the observed-to-expected ratio follow,
/// each with the variance of its influence for independent cases.
///
/// Brier 1950; scaled Brier: Steyerberg et al. 2010, doi:10.1097/EDE.0b013e3181c30fb2. The Brier score agrees with
/// scikit-learn's `brier_score_loss` to 1e-12.
public struct BrierScore: Hashable, Sendable {
  public let cases: Int
  public let observed: Int
  /// Σ w; without weights the number of cases.
  public let weight: Double
  /// Σ w y.
  public let observedWeight: Double
  /// Σ w p.
  public let expected: Double
  /// Mean of (p − y)².
  public let value: Double
  /// Of the mean of (p − y)².
  public let variance: Double
  /// Skewness of (p − y)² over √n; 0 without variation.
  public let skewness: Double
  /// Σ w (y − r p)² · Σ w / n with r the observed-to-expected ratio.
  public let ratioResidual: Double
  /// Σ over cases of the squared influence on log(1 − scaled Brier).
  public let logScaledVariance: Double
  /// Skewness of that influence over √n; 0 without variation.
  public let logScaledSkewness: Double

  /// - Throws: `noCases`.
  public init(_ scored: ScoredCases) throws(Undefined) {
    guard scored.count > 0 else { throw .noCases }
    if scored.weights.isEmpty {
      self.init(scored) { _ in 1 }
    } else {
      let weights = Array(scored.weights)
      self.init(scored) { weights[$0] }
    }
  }

  // Inlined, so that a weight of 1 costs nothing.
  @inline(__always)
  private init(_ scored: ScoredCases, weight: (Int) -> Double) {
    let n = Double(scored.count)
    let total = scored.weight
    var observed = 0
    var observedWeight = 0.0
    var expected = 0.0
    var squares = 0.0
    scored.withBuffers { probabilities, bits in
      for index in probabilities.indices {
        let y = Double(bits[index] & 1)
        let p = probabilities[index]
        observed += Int(bits[index] & 1)
        observedWeight += weight(index) * y
        expected += weight(index) * p
        squares += weight(index) * (p - y) * (p - y)
      }
    }
    let value = squares / total
    let prevalence = observedWeight / total
    let ratio = expected > 0 ? observedWeight / expected : 0
    let slope = BrierScore.logScaledSlope(prevalence: prevalence)
    var spread = 0.0
    var cubes = 0.0
    var residual = 0.0
    var logScaled = 0.0
    var logScaledCubes = 0.0
    scored.withBuffers { probabilities, bits in
      for index in probabilities.indices {
        let y = Double(bits[index] & 1)
        let p = probabilities[index]
        let error = (p - y) * (p - y) - value
        spread += weight(index) * error * error
        cubes += weight(index) * error * error * error
        let difference = y - ratio * p
        residual += weight(index) * difference * difference
        let influence = value > 0 ? error / value - slope * (y - prevalence) : 0
        logScaled += weight(index) * influence * influence
        logScaledCubes += weight(index) * influence * influence * influence
      }
    }
    cases = scored.count
    self.observed = observed
    self.weight = total
    self.observedWeight = observedWeight
    self.expected = expected
    self.value = value
    variance = n > 1 ? spread / (total * (n - 1)) : .infinity
    skewness = spread > 0 ? cubes / (spread * spread.squareRoot()) : 0
    ratioResidual = residual * (total / n)
    logScaledSkewness = logScaled > 0 ? logScaledCubes / (logScaled * logScaled.squareRoot()) : 0
    logScaledVariance = n > 1 ? logScaled / (total * (n - 1)) : .infinity
  }

  public var prevalence: Double { observedWeight / weight }
  /// 1 without weights.
  public var meanWeight: Double { weight / Double(cases) }

  /// d log(o (1 − o)) / do; 0 where one class is missing.
  static func logScaledSlope(prevalence: Double) -> Double {
    prevalence > 0 && prevalence < 1 ? (1 - 2 * prevalence) / (prevalence * (1 - prevalence)) : 0
  }

  /// Columns of influence by case for clustered variances: on the Brier score, on O − r·E, on log(1 − scaled Brier).
  public func influences(in scored: ScoredCases) -> (brier: [Double], ratio: [Double], logScaled: [Double]) {
    let n = weight
    let ratio = expected > 0 ? observedWeight / expected : 0
    let slope = BrierScore.logScaledSlope(prevalence: prevalence)
    return scored.withBuffers { probabilities, bits in
      var columns = (brier: [Double](), ratio: [Double](), logScaled: [Double]())
      columns.brier.reserveCapacity(cases)
      columns.ratio.reserveCapacity(cases)
      columns.logScaled.reserveCapacity(cases)
      for index in probabilities.indices {
        let y = Double(bits[index] & 1)
        let p = probabilities[index]
        let error = (p - y) * (p - y) - value
        let weight = scored.weight(index)
        columns.brier.append(weight * error / n)
        columns.ratio.append(expected > 0 ? weight * (y - ratio * p) / expected : 0)
        columns.logScaled.append(
          value > 0 ? weight * (error / value - slope * (y - prevalence)) / n : 0)
      }
      return columns
    }
  }
}
