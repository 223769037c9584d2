/// The search that every sample size ends in.
enum SampleSize {
  /// The fewest cases that are enough, where more are enough as well.
  ///
  /// - Throws: `tooManyCases` beyond a hundred million.
  static func fewest(where isEnough: (Int) -> Bool) throws(Undefined) -> Int {
    var most = 1
    while !isEnough(most) {
      guard most < 1 << 27 else { throw .tooManyCases }
      most *= 2
    }
    var least = most / 2
    while most - least > 1 {
      let middle = (most + least) / 2
      if isEnough(middle) { most = middle } else { least = middle }
    }
    return most
  }
}
