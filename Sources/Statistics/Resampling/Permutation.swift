/// A p-value from dealing out labels anew: exact at any size if labels are exchangeable, since the observed deal is one of
/// them (Phipson, Smyth 2010, doi:10.2202/1544-6115.1585).
public enum Permutation {
  /// (1 + b) / (1 + B) of B deals, b of them at least as far from 0 as the observed value; deals without a value count
  /// as far.
  public static func twoSidedP(observed: Double, replicates: [Double?]) -> Double {
    // Rounding never makes a deal that equals the observed one lie nearer.
    let least = abs(observed) * (1 - 1e-12)
    let farther = replicates.count { $0.map { abs($0) >= least } ?? true }
    return Double(1 + farther) / Double(1 + replicates.count)
  }
}
