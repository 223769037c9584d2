internal import RealModule

/// A value with its derivatives by the four cells of a 2×2 table: a metric is written once, as a formula, and the delta
/// method reads its gradient off the same line.
public struct Dual: Sendable {
  public let value: Double
  /// By true positives, false positives, false negatives, true negatives.
  public let gradient: SIMD4<Double>

  public init(_ value: Double, _ gradient: SIMD4<Double> = .zero) {
    self.value = value
    self.gradient = gradient
  }

  public static func + (a: Dual, b: Dual) -> Dual { Dual(a.value + b.value, a.gradient + b.gradient) }
  public static func - (a: Dual, b: Dual) -> Dual { Dual(a.value - b.value, a.gradient - b.gradient) }
  public static func * (a: Dual, b: Dual) -> Dual {
    Dual(a.value * b.value, a.gradient * b.value + b.gradient * a.value)
  }
  public static func / (a: Dual, b: Dual) -> Dual {
    let quotient = a.value / b.value
    return Dual(quotient, (a.gradient - b.gradient * quotient) / b.value)
  }
  public static func + (a: Dual, b: Double) -> Dual { Dual(a.value + b, a.gradient) }
  public static func - (a: Dual, b: Double) -> Dual { Dual(a.value - b, a.gradient) }
  public static func - (a: Double, b: Dual) -> Dual { Dual(a - b.value, -b.gradient) }
  public static func * (a: Double, b: Dual) -> Dual { Dual(a * b.value, a * b.gradient) }
  public func squareRoot() -> Dual {
    let root = value.squareRoot()
    return Dual(root, gradient / (2 * root))
  }
}

/// The cells of a 2×2 table as duals.
public struct DualTable: Sendable {
  public let truePositives, falsePositives, falseNegatives, trueNegatives: Dual

  public init(_ table: TwoByTwo) { self.init(WeightedTable(table)) }

  public init(_ table: WeightedTable) {
    truePositives = Dual(table.truePositives.sum, [1, 0, 0, 0])
    falsePositives = Dual(table.falsePositives.sum, [0, 1, 0, 0])
    falseNegatives = Dual(table.falseNegatives.sum, [0, 0, 1, 0])
    trueNegatives = Dual(table.trueNegatives.sum, [0, 0, 0, 1])
  }

  public var positives: Dual { truePositives + falseNegatives }
  public var negatives: Dual { falsePositives + trueNegatives }
  public var cases: Dual { positives + negatives }
  public var sensitivity: Dual { truePositives / positives }
  public var specificity: Dual { trueNegatives / negatives }
}
