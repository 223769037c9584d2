/// Adjusted p-values that control the family-wise error rate, in the order of the input.
/// Agree with R 4.2 `p.adjust` to the last bit or 1e-15.
public enum FamilyWise {
  /// Holm 1979: step-down Bonferroni, valid under any dependence.
  public static func holm(_ p: [Double]) -> [Double] {
    let order = ascending(p)
    var adjusted = p
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = max(largest, Double(p.count - rank) * p[index])
      adjusted[index] = min(1, largest)
    }
    return adjusted
  }

  /// Hochberg 1988, doi:10.1093/biomet/75.4.800: step-up, for independent or positively dependent tests.
  public static func hochberg(_ p: [Double]) -> [Double] {
    let order = ascending(p)
    var adjusted = p
    var smallest = 1.0
    for rank in order.indices.reversed() {
      let index = order[rank]
      smallest = min(smallest, Double(p.count - rank) * p[index])
      adjusted[index] = smallest
    }
    return adjusted
  }

  /// Fixed sequence: each is tested at full level until one fails, so p becomes the largest so far.
  public static func fixedSequence(_ p: [Double]) -> [Double] {
    var largest = 0.0
    return p.map {
      largest = max(largest, $0)
      return largest
    }
  }

  /// Families are small; ties keep their order.
  fileprivate static func ascending(_ p: [Double]) -> [Int] {
    p.indices.sorted { (p[$0], $0) < (p[$1], $1) }
  }
}

/// Adjusted p-values that control the false-discovery rate: of what is called a difference, the share that is none.
public enum FalseDiscovery {
  /// Benjamini, Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x, for independent or positively dependent tests: q in
  /// the order of the input. Agrees with R 4.2 `p.adjust` to 1e-15.
  public static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let order = FamilyWise.ascending(p)
    var adjusted = p
    var smallest = 1.0
    for rank in order.indices.reversed() {
      let index = order[rank]
      smallest = min(smallest, Double(p.count) / Double(rank + 1) * p[index])
      adjusted[index] = smallest
    }
    return adjusted
  }
}
