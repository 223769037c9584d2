/// A way to cut a cohort into disjoint groups: the levels of one attribute, or of several crossed.
struct Dimension: Sendable {
  let attributes: [String]
  /// Every combination of levels, in printed order; an attribute's unknown level stands last, where any case has it.
  let groups: [Subgroup]
  /// The group of every case, as an index into `groups`.
  let codes: [UInt16]

  static let mostGroups = 10_000

  /// - Throws: `PlanError` when an attribute is not in the cohort or there are too many groups.
  init(_ names: [String], in cohort: Cohort) throws(PlanError) {
    var attributes: [Attribute] = []
    for name in names {
      guard let attribute = cohort.attribute(name) else {
        throw .unknownAttribute(name, known: cohort.attributes.map(\.name))
      }
      attributes.append(attribute)
    }
    self.attributes = names
    let hasUnknown = attributes.map { $0.codes.contains(Attribute.unknown) }
    let sizes = zip(attributes, hasUnknown).map { $0.levels.count + ($1 ? 1 : 0) }
    let (count, overflow) = sizes.reduce((1, false)) { total, size in
      let (product, overflow) = total.0.multipliedReportingOverflow(by: size)
      return (product, total.1 || overflow)
    }
    guard !overflow, count <= Dimension.mostGroups else {
      throw .tooManyGroups(names, found: overflow ? Int.max : count, most: Dimension.mostGroups)
    }
    groups = (0..<count).map { index in
      var rest = index
      var terms: [Subgroup.Term] = []
      for (attribute, size) in zip(attributes, sizes).reversed() {
        let code = rest % size
        rest /= size
        terms.append(
          Subgroup.Term(
            attribute.name, code < attribute.levels.count ? .named(attribute.levels[code]) : .unknown))
      }
      return Subgroup(terms.reversed())
    }
    var codes = [UInt16](repeating: 0, count: cohort.count)
    for (attribute, size) in zip(attributes, sizes) {
      let last = UInt16(truncatingIfNeeded: attribute.levels.count)
      attribute.codes.withUnsafeBufferPointer { levels in
        codes.withUnsafeMutableBufferPointer { codes in
          for index in codes.indices {
            codes[index] = codes[index] &* UInt16(size) &+ min(levels[index], last)
          }
        }
      }
    }
    self.codes = codes
  }

  /// Which groups are compared, and with what: each with its complement, or with the attribute's reference group. Two
  /// groups are one comparison, not two.
  func comparisons(sizes: [Int], referenceGroup: String?) -> [(
    group: Int, minus: Comparator, comparator: [Int]
  )] {
    let known = groups.indices.filter { !groups[$0].hasUnknown }
    if let referenceGroup,
      let reference = known.first(where: { groups[$0].terms.map(\.level) == [.named(referenceGroup)] })
    {
      return known.filter { $0 != reference }.map { ($0, .group(groups[reference]), [reference]) }
    }
    let present = known.filter { sizes[$0] > 0 }
    return known.compactMap { group in
      if present.count == 2, group == present[1] { return nil }
      return (group, .complement, known.filter { $0 != group })
    }
  }
}

/// Why a plan cannot be followed on this cohort.
public enum PlanError: Error, Hashable, Sendable {
  case unknownAttribute(String, known: [String])
  case unknownGroup(attribute: String, level: String, known: [String])
  case tooManyGroups([String], found: Int, most: Int)
  case unknownModel(String, known: [String])
  case unknownMetric(String)
}

extension PlanError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownAttribute(let name, let known):
      "the cohort has no attribute \"\(name)\"; it has \(known.joined(separator: ", "))"
    case .unknownGroup(let attribute, let level, let known):
      "\(attribute) has no level \"\(level)\"; it has \(known.joined(separator: ", "))"
    case .tooManyGroups(let names, let found, let most):
      "crossing \(names.joined(separator: ", ")) makes \(found == Int.max ? "too many" : String(found)) groups, at most \(most) are possible; use bands or fewer attributes"
    case .unknownModel(let name, let known):
      "the cohort has no model \"\(name)\"; it has \(known.joined(separator: ", "))"
    case .unknownMetric(let id): "there is no metric \"\(id)\""
    }
  }
}
