/// A = L Lᵀ of a positive definite matrix of a few rows.
struct Cholesky {
  private var rows: [[Double]]

  /// Nil where the matrix is not positive definite beyond rounding.
  init?(_ matrix: [[Double]]) {
    rows = matrix
    for i in rows.indices {
      for j in 0...i {
        let sum = (0..<j).reduce(rows[i][j]) { $0 - rows[i][$1] * rows[j][$1] }
        if i > j {
          rows[i][j] = sum / rows[j][j]
        } else if sum > 1e-12 * matrix[i][i] {
          rows[i][i] = sum.squareRoot()
        } else {
          return nil
        }
      }
    }
  }

  /// L⁻¹ x.
  func whitened(_ x: [Double]) -> [Double] {
    var y = x
    for i in rows.indices { y[i] = (0..<i).reduce(x[i]) { $0 - rows[i][$1] * y[$1] } / rows[i][i] }
    return y
  }

  /// A⁻¹ x.
  func solve(_ x: [Double]) -> [Double] {
    var z = whitened(x)
    for i in rows.indices.reversed() {
      z[i] = (i + 1..<rows.count).reduce(z[i]) { $0 - rows[$1][i] * z[$1] } / rows[i][i]
    }
    return z
  }
}
