internal import Statistics

extension ModelPass {
  /// A p from dealing patients out anew, for differences of the family that have too few events for another test.
  ///
  /// - Parameter cells: Those of the comparator.
  func permuted(
    _ lines: [Evaluation.Line], _ group: Int, minus cells: [Int], in dimension: Dimension,
    _ ordered: OrderedCases
  ) -> [Evaluation.Line] {
    guard let deals = plan.permutations,
      lines.contains(where: { $0.isOfFamily && $0.row.test == nil && $0.row.estimate != nil })
    else { return lines }
    var side = [UInt16](repeating: 2, count: Int(UInt16.max) + 1)
    for cell in cells { side[cell] = 1 }
    for cell in dimension.cells[group] { side[cell] = 0 }
    let (sample, sides) = ordered.ranked(by: dimension.codes.map { side[Int($0)] }, below: 2)
    guard let gap = try? PermutedGap(sample, isFirst: sides.map { $0 == 0 }) else { return lines }
    return lines.map { line in
      guard line.isOfFamily, line.row.test == nil, line.row.estimate != nil,
        let p = try? gap.p(of: measure(of: line.row.key.metric), deals: deals, seed: plan.seed)
      else { return line }
      var line = line
      line.row.test = Row.Test(p: p, pAdjusted: nil, family: Metric.familyName + Row.Test.byPermutation)
      return line
    }
  }

  private func measure(of metric: String) -> PermutedGap.Measure {
    switch metric {
    case "sensitivity": .right(ofPositives: true)
    case "specificity": .right(ofPositives: false)
    default: .area
    }
  }
}

extension Row.Test {
  /// Ends the name of the family.
  static let byPermutation = "; p by permutation"

  public var isByPermutation: Bool { family.hasSuffix(Row.Test.byPermutation) }

  func adjusted(_ pAdjusted: Double, in family: String) -> Row.Test {
    Row.Test(
      p: p, pAdjusted: pAdjusted,
      family: isByPermutation && !family.hasSuffix(Row.Test.byPermutation)
        ? family + Row.Test.byPermutation : family)
  }
}
