internal import RealModule

/// Cases on the logit scale as weighted points: each case its own while they are few, else rounded to bin means.
struct LogitPoints: Hashable, Sendable {
  private(set) var logits: [Double] = []
  private(set) var weights: [Double] = []
  private(set) var positives: [Double] = []

  init(_ cases: LogitCases, atMost count: Int) {
    let (x, bits) = (cases.logits, cases.bits)
    guard x.count > count, let low = x.first, let high = x.last, high > low else {
      logits = x
      weights = x.indices.map(cases.weight)
      positives = zip(bits, weights).map { $1 * Double($0 & 1) }
      return
    }
    let scale = Double(count - 1) / (high - low)
    let isWeighted = !cases.weights.isEmpty
    var last = -1
    x.withUnsafeBufferPointer { x in
      bits.withUnsafeBufferPointer { bits in
        for index in x.indices {
          let bin = Int((x[index] - low) * scale)
          if bin != last {
            last = bin
            logits.append(0)
            weights.append(0)
            positives.append(0)
          }
          let point = logits.count - 1
          let weight = isWeighted ? cases.weights[index] : 1
          logits[point] += weight * x[index]
          weights[point] += weight
          positives[point] += weight * Double(bits[index] & 1)
        }
      }
    }
    for point in logits.indices { logits[point] /= weights[point] }
  }

  func derivatives(intercept: Double, slope: Double) -> LogisticDerivatives {
    var sums = LogisticDerivatives()
    for point in logits.indices {
      sums.add(
        x: logits[point], weight: weights[point], positives: positives[point], intercept: intercept,
        slope: slope)
    }
    return sums
  }

  func logLikelihood(intercept: Double, slope: Double) -> Double {
    var sum = 0.0
    for point in logits.indices {
      let linear = intercept + slope * logits[point]
      let logOnePlus = max(linear, 0) + Double.log(onePlus: .exp(-abs(linear)))
      sum += positives[point] * linear - weights[point] * logOnePlus
    }
    return sum
  }
}

/// Gradient and information of the log likelihood of a logistic model with an intercept and a slope.
struct LogisticDerivatives: Hashable, Sendable {
  private(set) var g0 = 0.0, g1 = 0.0, h00 = 0.0, h01 = 0.0, h11 = 0.0

  mutating func add(x: Double, weight: Double, positives: Double, intercept: Double, slope: Double) {
    let p = 1 / (1 + Double.exp(-(intercept + slope * x)))
    let residual = positives - weight * p
    let information = weight * p * (1 - p)
    g0 += residual
    g1 += residual * x
    h00 += information
    h01 += information * x
    h11 += information * x * x
  }
}
