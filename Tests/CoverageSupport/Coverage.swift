import Dispatch
import Statistics
import Synchronization
import Validation

/// How often an interval held the truth.
public struct Coverage: Codable, Sendable {
  public var covered = 0
  /// The truth lies below the interval.
  public var missedLeft = 0
  /// The truth lies above it.
  public var missedRight = 0
  /// No value, or a value without an interval: counted, never dropped.
  public var undefined = 0

  public init() {}

  public var intervals: Int { covered + missedLeft + missedRight }
  /// Of the intervals that were given; nil if none was.
  public var rate: Double? { intervals == 0 ? nil : Double(covered) / Double(intervals) }

  mutating func add(_ row: Row, truth: Double) {
    guard let interval = row.estimate?.interval else {
      undefined += 1
      return
    }
    if truth < interval.lower {
      missedLeft += 1
    } else if truth > interval.upper {
      missedRight += 1
    } else {
      covered += 1
    }
  }

  static func + (a: Coverage, b: Coverage) -> Coverage {
    var sum = a
    sum.covered += b.covered
    sum.missedLeft += b.missedLeft
    sum.missedRight += b.missedRight
    sum.undefined += b.undefined
    return sum
  }
}

/// What is measured in a scenario: a metric overall, at a stated prevalence, or its gap across an attribute.
public struct Quantity: Hashable, Sendable {
  public let metric: String
  public var prevalence: Double?
  public var gapAcross: String?

  public init(metric: String, prevalence: Double? = nil, gapAcross: String? = nil) {
    self.metric = metric
    self.prevalence = prevalence
    self.gapAcross = gapAcross
  }

  /// In the order of the document.
  public static let all: [Quantity] =
    Scenario.metrics.map { Quantity(metric: $0) }
    + ["ppv", "npv", "number_needed_to_predict"].map { Quantity(metric: $0, prevalence: 0.02) }
    + ["group", "view"].flatMap { attribute in
      Scenario.metrics.filter { $0 != "false_positive_rate" && $0 != "false_negative_rate" }
        .filter { Metric.named($0)?.hasDifference == true }
        .map { Quantity(metric: $0, gapAcross: attribute) }
    }

  init?(_ key: Row.Key) {
    if key.subgroupMinus != nil {
      self.init(metric: key.metric, gapAcross: key.subgroup.attributes[0])
    } else if key.subgroup.isEveryone {
      self.init(metric: key.metric, prevalence: key.setting.prevalence)
    } else {
      return nil
    }
  }

  func truth(in scenario: Scenario) -> Double {
    gapAcross != nil ? 0 : scenario.truth(of: metric, prevalence: prevalence)
  }

  /// The fewest events in expectation; of a gap, on the smaller side.
  public func expectedEvents(in scenario: Scenario) -> Double {
    // All images of a patient share the truth here: between views the prevalence cannot differ at all.
    if metric == "prevalence", gapAcross == "view", scenario.imagesPerPatient > 1 { return 0 }
    return smallerSide(in: scenario) * scenario.expectedEvents(of: prevalence == nil ? metric : "lr_positive")
  }

  /// The share of the patients on the smaller side of a gap; 1 for what is measured in all.
  public func smallerSide(in scenario: Scenario) -> Double {
    gapAcross == "group" || (gapAcross == "view" && scenario.imagesPerPatient == 1)
      ? scenario.smallerHalf : 1
  }
}

extension Scenario {
  /// Runs the whole engine on fresh samples; replicate r of seed s is the same on any number of threads.
  public func coverage(
    replicates: Int, seed: UInt64, threads: Int = 2, confidence: Double = 0.95
  ) throws -> [Quantity: Coverage] {
    let plan = plan(confidence: confidence)
    let truths = Dictionary(uniqueKeysWithValues: Quantity.all.map { ($0, $0.truth(in: self)) })
    let next = Atomic(0)
    let sums = Mutex<[Quantity: Coverage]>([:])
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      var local: [Quantity: Coverage] = [:]
      while true {
        let replicate = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard replicate < replicates else { break }
        var key = RandomStream(seed, UInt64(replicate))
        do {
          let study = try Study(of: cohort(seed: key.next()), following: plan)
          for row in study.rows {
            guard let quantity = Quantity(row.key), let truth = truths[quantity] else { continue }
            local[quantity, default: Coverage()].add(row, truth: truth)
          }
        } catch {
          failure.withLock { $0 = error }
          break
        }
      }
      sums.withLock { sums in sums.merge(local) { $0 + $1 } }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    return sums.withLock { $0 }
  }
}
