internal import CBoostMath

/// The standard normal distribution. Boost.Math; agrees with SciPy's `norm` to 1e-15 relative.
public enum Normal {
  /// The z with `upperTail(z) == tail`; `tail` in (0, 1).
  public static func upperQuantile(_ tail: Double) -> Double { -equipoise_normal_quantile(tail) }
  public static func quantile(_ probability: Double) -> Double { equipoise_normal_quantile(probability) }
  public static func cumulative(_ z: Double) -> Double { equipoise_normal_cdf(z) }
  public static func upperTail(_ z: Double) -> Double { equipoise_normal_upper_tail(z) }
}

/// Beta(a, b), a > 0, b > 0.
public enum Beta {
  public static func quantile(_ probability: Double, a: Double, b: Double) -> Double {
    equipoise_beta_quantile(a, b, probability)
  }
}

/// The binomial distribution.
public enum Binomial {
  public static func cumulative(_ successes: Int, trials: Int, probability: Double) -> Double {
    equipoise_binomial_cdf(Double(trials), probability, Double(successes))
  }
  public static func mass(_ successes: Int, trials: Int, probability: Double) -> Double {
    equipoise_binomial_pmf(Double(trials), probability, Double(successes))
  }
}

/// The gamma distribution, shape > 0 and scale > 0.
public enum Gamma {
  public static func upperTail(_ x: Double, shape: Double, scale: Double) -> Double {
    equipoise_gamma_upper_tail(shape, scale, x)
  }
}

/// The chi-squared distribution; degrees of freedom above 0.
public enum ChiSquared {
  public static func upperTail(_ x: Double, degreesOfFreedom: Double) -> Double {
    equipoise_gamma_upper_tail(degreesOfFreedom / 2, 2, x)
  }
  public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    equipoise_chi_squared_quantile(degreesOfFreedom, probability)
  }
}

/// Fisher's F distribution; degrees of freedom above 0, need not be whole.
public enum FisherF {
  public static func upperTail(_ f: Double, _ numerator: Double, _ denominator: Double) -> Double {
    equipoise_beta_cdf(denominator / 2, numerator / 2, denominator / (denominator + numerator * f))
  }
}

/// What a standardised distance is referred to: the normal for independent cases, Student's t for patients.
public enum ReferenceDistribution: Hashable, Sendable {
  case normal
  /// Degrees of freedom, above 0; need not be whole.
  case student(Double)

  /// The distance that leaves `tail` above it; `tail` in (0, 1).
  public func upperQuantile(_ tail: Double) -> Double {
    switch self {
    case .normal: -equipoise_normal_quantile(tail)
    case .student(let degreesOfFreedom):
      // With few degrees of freedom the quantile of a tiny tail leaves the range of doubles: farther than all data.
      ReferenceDistribution.farthest(-equipoise_student_quantile(degreesOfFreedom, tail))
    }
  }

  private static func farthest(_ quantile: Double) -> Double { abs(quantile) < 1e100 ? quantile : 1e100 }
}
