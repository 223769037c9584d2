internal import RealModule

/// x of n cases in each of several groups: whether the share is the same in all of them.
public struct GroupCounts: Hashable, Sendable {
  public let successes: [Int]
  public let trials: [Int]

  /// - Precondition: At least two groups; `0 ≤ successes ≤ trials`, `trials > 0` in each.
  public init(successes: [Int], trials: [Int]) {
    precondition(successes.count == trials.count && trials.count > 1)
    precondition(zip(successes, trials).allSatisfy { 0 <= $0 && $0 <= $1 && $1 > 0 })
    self.successes = successes
    self.trials = trials
  }

  private var totals: (successes: Int, trials: Int) { (successes.reduce(0, +), trials.reduce(0, +)) }

  /// By the margins alone: fewer than five successes or failures are expected in a group (Cochran 1954).
  public var isSparse: Bool {
    let (x, n) = totals
    return trials.contains { Double($0) * Double(min(x, n - x)) / Double(n) < 5 }
  }

  /// The likelihood-ratio test of the group in a logistic model of the outcome, which is saturated: G² on groups − 1
  /// degrees of freedom. Agrees with R `anova(glm(…, binomial), test="LRT")` to 1e-10.
  public var likelihoodRatio: (statistic: Double, p: Double) {
    let (x, n) = totals
    func term(_ observed: Int, _ expected: Double) -> Double {
      observed == 0 ? 0 : Double(observed) * Double.log(Double(observed) / expected)
    }
    var sum = 0.0
    for (ours, trials) in zip(successes, trials) {
      sum += term(ours, Double(trials) * Double(x) / Double(n))
      sum += term(trials - ours, Double(trials) * Double(n - x) / Double(n))
    }
    let statistic = max(0, 2 * sum)
    return (statistic, ChiSquared.upperTail(statistic, degreesOfFreedom: Double(trials.count - 1)))
  }

  public static let mostNodes = 1_000_000

  /// The exact test of Freeman and Halton 1951 (doi:10.1093/biomet/38.1-2.141): the probability, given the margins, of a
  /// table no likelier than this one. By recursion over groups; a branch whose tables all count, or of which none does, is
  /// not entered (Mehta, Patel 1983, doi:10.2307/2288652). Agrees with R `fisher.test` to 1e-9.
  ///
  /// - Throws: `notComputed` beyond `mostNodes` nodes.
  public func exactP() throws(Undefined) -> Double {
    let (x, n) = totals
    // Of the rarer outcome, largest groups first: fewer nodes.
    let rare = x <= n - x ? successes : zip(trials, successes).map { $0 - $1 }
    let order = trials.indices.sorted { (trials[$1], $0) < (trials[$0], $1) }
    guard
      var search = ExactSearch(trials: order.map { trials[$0] }, observed: order.map { rare[$0] }),
      let p = search.run()
    else { throw .notComputed("too many tables to enumerate") }
    return p
  }
}

/// The tables of one margin, as paths through the groups.
private struct ExactSearch {
  private let trials: [Int]
  private let total: Int
  private let logObserved: Double
  private let logAll: Double
  /// log of n! for every n that occurs.
  private let logFactorials: [Double]
  /// By stage and by what remains for the groups from there on: the likeliest and least likely way to place it.
  private let most: [[Double]]
  private let least: [[Double]]
  private let rest: [Int]
  private var nodes = 0
  private var p = 0.0

  /// Nil where the bounds alone cost too much.
  init?(trials: [Int], observed: [Int]) {
    let total = observed.reduce(0, +)
    let everyone = trials.reduce(0, +)
    guard everyone <= 50_000_000, trials.count * (total + 1) * (total + 1) <= 20 * GroupCounts.mostNodes
    else {
      return nil
    }
    var logs = [0.0, 0.0]
    let largest = trials.max() ?? 0
    logs.reserveCapacity(largest + 1)
    for n in stride(from: 2, through: largest, by: 1) { logs.append(logs[n - 1] + Double.log(Double(n))) }
    func choose(_ n: Int, _ x: Int) -> Double { logs[n] - logs[x] - logs[n - x] }
    var most = [[Double]](
      repeating: [Double](repeating: -.infinity, count: total + 1), count: trials.count + 1)
    var least = [[Double]](
      repeating: [Double](repeating: .infinity, count: total + 1), count: trials.count + 1)
    most[trials.count][0] = 0
    least[trials.count][0] = 0
    var rest = [Int](repeating: 0, count: trials.count + 1)
    for stage in trials.indices.reversed() {
      rest[stage] = rest[stage + 1] + trials[stage]
      for remaining in 0...min(total, rest[stage]) {
        for x in max(0, remaining - rest[stage + 1])...min(trials[stage], remaining) {
          let here = choose(trials[stage], x)
          most[stage][remaining] = max(most[stage][remaining], here + most[stage + 1][remaining - x])
          least[stage][remaining] = min(least[stage][remaining], here + least[stage + 1][remaining - x])
        }
      }
    }
    self.trials = trials
    self.total = total
    self.most = most
    self.least = least
    self.rest = rest
    logFactorials = logs
    logAll =
      Double.logGamma(Double(everyone) + 1) - Double.logGamma(Double(total) + 1)
      - Double.logGamma(Double(everyone - total) + 1)
    // As R: tables equally likely but for rounding count.
    logObserved = zip(trials, observed).reduce(1e-7) { $0 + choose($1.0, $1.1) }
  }

  mutating func run() -> Double? { visit(0, total, 0) ? min(1, p) : nil }

  private func logChoose(_ n: Int, _ x: Int) -> Double {
    logFactorials[n] - logFactorials[x] - logFactorials[n - x]
  }

  /// - Returns: False beyond the limit of nodes.
  private mutating func visit(_ stage: Int, _ remaining: Int, _ past: Double) -> Bool {
    if past + most[stage][remaining] <= logObserved {
      p += .exp(past + logWays(stage, remaining) - logAll)
      return true
    }
    if past + least[stage][remaining] > logObserved { return true }
    for x in max(0, remaining - rest[stage + 1])...min(trials[stage], remaining) {
      nodes += 1
      guard nodes <= GroupCounts.mostNodes,
        visit(stage + 1, remaining - x, past + logChoose(trials[stage], x))
      else { return false }
    }
    return true
  }

  /// Of all ways to place what remains together: Vandermonde's identity.
  private func logWays(_ stage: Int, _ remaining: Int) -> Double {
    let n = Double(rest[stage])
    let x = Double(remaining)
    return Double.logGamma(n + 1) - Double.logGamma(x + 1) - Double.logGamma(n - x + 1)
  }
}
