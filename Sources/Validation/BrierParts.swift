public import Statistics

/// What the Brier score of one model over all cases is made of: points, without intervals.
public struct BrierParts: Hashable, Sendable {
  public let model: String
  /// Nil in a plan with one.
  public let finding: String?
  public let parts: BrierDecomposition

  public init(model: String, finding: String? = nil, parts: BrierDecomposition) {
    self.model = model
    self.finding = finding
    self.parts = parts
  }
}
