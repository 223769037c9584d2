internal import RealModule

/// A stream of random numbers that is a function of its key: the same on any number of threads, in any order.
///
/// SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195) over a counter, started at a hash of the key.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// - Parameter key: For example (seed, row, replicate); streams of different keys are independent.
  public init(_ key: UInt64...) {
    state = key.reduce(0x9E37_79B9_7F4A_7C15) { RandomStream.mixed($0 ^ RandomStream.mixed($1 &+ $0)) }
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomStream.mixed(state)
  }

  /// Uniform in [0, 1), 53 bits.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by inversion: one draw, no state between draws.
  public mutating func normal() -> Double { Normal.quantile((Double(next() >> 12) + 0.5) * 0x1p-52) }

  public mutating func bernoulli(_ probability: Double) -> Bool { uniform() < probability }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
