/// Parts of a study that only some plans ask for.
public struct OnRequest: Hashable, Sendable {
  public var simultaneous: [SimultaneousGaps] = []
  public var resampled: [ResampledInterval] = []
  public var shrunken: [ShrunkenGroup] = []
  public var slices: [SliceSearch] = []

  public init() {}

  static func += (left: inout OnRequest, right: OnRequest) {
    left.simultaneous += right.simultaneous
    left.resampled += right.resampled
    left.shrunken += right.shrunken
    left.slices += right.slices
  }
}
