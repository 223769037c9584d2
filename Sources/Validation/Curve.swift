/// A curve of one model over one subgroup.
public struct Curve: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    /// x: false-positive rate, y: sensitivity, from (0, 0) to (1, 1); at most 512 points, exact at operating points. Limits
    /// are pointwise: of the sensitivity at that false-positive rate.
    case roc
    /// x: mean predicted probability of a tenth of the cases, y: share of positives in it.
    case calibration
    /// x: risk threshold, y: net benefit; at 0.01 to 0.99, shared by all groups.
    case decision
    /// x: predicted probability, y: share of positives by a logistic spline, with limits that hold the whole curve at once.
    case smoothCalibration = "calibration_smooth"
  }
  public struct Point: Hashable, Sendable {
    public let x, y: Double
    /// Limits of y, where the curve has any.
    public let lower, upper: Double?
    /// Of a ROC point: the threshold in the plan's own orientation of the score; nil at (0, 0).
    public let threshold: Double?
    /// Of a calibration point: the cases in its bin.
    public let cases: Int?
    /// Of a ROC point at a declared operating point: its name.
    public let operatingPoint: String?
    /// Of a decision curve: the net benefit of acting on every case; of acting on none it is 0.
    public let treatAll: Double?
    public init(
      x: Double, y: Double, lower: Double? = nil, upper: Double? = nil, threshold: Double? = nil,
      cases: Int? = nil, operatingPoint: String? = nil, treatAll: Double? = nil
    ) {
      self.x = x
      self.y = y
      self.lower = lower
      self.upper = upper
      self.threshold = threshold
      self.cases = cases
      self.operatingPoint = operatingPoint
      self.treatAll = treatAll
    }
  }
  public let kind: Kind
  public let model: String
  /// Nil in a plan with one.
  public let finding: String?
  public let subgroup: Subgroup
  public let points: [Point]
  public init(
    kind: Kind, model: String, finding: String? = nil, subgroup: Subgroup, points: [Point]
  ) {
    self.kind = kind
    self.model = model
    self.finding = finding
    self.subgroup = subgroup
    self.points = points
  }
}
