/// A way to cut a cohort into groups: the levels of one attribute, or of several crossed.
///
/// Groups are made of cells, which are disjoint: mostly each group is a cell of its own; where a case can have several
/// levels, a cell is a combination of them and belongs to the groups of each.
struct Dimension: Sendable {
  let attributes: [String]
  /// Every combination of levels, in printed order; an attribute's unknown level stands last, where any case has it.
  let groups: [Subgroup]
  /// The cell of every case.
  let codes: [UInt16]
  /// Of each group.
  let cells: [[Int]]
  /// Whether a case can be in several groups.
  let overlaps: Bool
  /// How many cells each attribute has, its unknown one included where a case of the cohort has it.
  private let cellSizes: [Int]

  /// One more than the highest cell.
  var cellCount: Int { (cells.flatMap { $0 }.max() ?? -1) + 1 }

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
      let codes = Dimension.digits(of: index, sizes)
      return Subgroup(
        zip(attributes, codes).map { attribute, code in
          Subgroup.Term(
            attribute.name, code < attribute.levels.count ? .named(attribute.levels[code]) : .unknown)
        })
    }
    overlaps = attributes.contains { $0.combinations != nil }
    cellSizes = zip(attributes, hasUnknown).map { attribute, hasUnknown in
      (attribute.combinations?.count ?? attribute.levels.count) + (hasUnknown ? 1 : 0)
    }
    cells = overlaps ? try Dimension.cells(attributes, sizes, cellSizes) : (0..<count).map { [$0] }
    var codes = [UInt16](repeating: 0, count: cohort.count)
    for (attribute, size) in zip(attributes, cellSizes) {
      let last = UInt16(
        truncatingIfNeeded: attribute.combinations?.count ?? attribute.levels.count)
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

  /// Belongs to no cell.
  static let nowhere = UInt16.max

  /// The cells of cases that are not the cohort's.
  func cells(of cases: UnverifiedCases) -> [UInt16] {
    let attributes = attributes.map { name in cases.attributes.first { $0.name == name } }
    return (0..<cases.count).map { index in
      var cell = 0
      for (attribute, size) in zip(attributes, cellSizes) {
        guard let attribute else { return Self.nowhere }
        let last = attribute.combinations?.count ?? attribute.levels.count
        let own = min(Int(attribute.codes[index]), last)
        guard own < size else { return Self.nowhere }
        cell = cell * size + own
      }
      return UInt16(cell)
    }
  }

  /// The cells of every group, where attributes have combinations of levels.
  private static func cells(
    _ attributes: [Attribute], _ sizes: [Int], _ cellSizes: [Int]
  ) throws(PlanError) -> [[Int]] {
    let count = cellSizes.reduce(1) { min($0 * $1, mostGroups + 1) }
    guard count <= mostGroups else {
      throw .tooManyGroups(attributes.map(\.name), found: count, most: mostGroups)
    }
    var cells = [[Int]](repeating: [], count: sizes.reduce(1, *))
    for cell in 0..<count {
      var groups = [0]
      for ((attribute, code), size) in zip(zip(attributes, digits(of: cell, cellSizes)), sizes) {
        let levels =
          attribute.combinations.map { code < $0.count ? $0[code] : [attribute.levels.count] } ?? [code]
        groups = groups.flatMap { group in levels.map { group * size + $0 } }
      }
      for group in groups { cells[group].append(cell) }
    }
    return cells
  }

  /// Of a number in mixed radix, the first most significant.
  private static func digits(of number: Int, _ sizes: [Int]) -> [Int] {
    var rest = number
    return sizes.reversed().map { size in
      defer { rest /= size }
      return rest % size
    }.reversed()
  }

  /// Which groups are compared, and with the cells of what: each with its complement, or with the attribute's reference
  /// group. Two groups that share no case are one comparison, not two, unless every group is asked for.
  func comparisons(sizes: [Int], referenceGroup: String?, everyGroup: Bool = false) -> [(
    group: Int, minus: Comparator, cells: [Int]
  )] {
    let known = groups.indices.filter { !groups[$0].hasUnknown }
    if let referenceGroup,
      let reference = known.first(where: { groups[$0].terms.map(\.level) == [.named(referenceGroup)] })
    {
      return known.filter { $0 != reference }.map { ($0, .group(groups[reference]), cells[reference]) }
    }
    let present = known.filter { sizes[$0] > 0 }
    let all = Set(known.flatMap { cells[$0] })
    return known.compactMap { group in
      if present.count == 2, !everyGroup, group == present[1], !overlaps { return nil }
      return (group, .complement, all.subtracting(cells[group]).sorted())
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
  /// All weigh the same, in a sample that is said to be enriched.
  case evenWeights
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
    case .evenWeights:
      "every case has the same sampling weight, which undoes no enrichment (cohort.sampling): leave out cohort.weight, or correct the weights"
    case .unknownMetric(let id): "there is no metric \"\(id)\""
    }
  }
}
