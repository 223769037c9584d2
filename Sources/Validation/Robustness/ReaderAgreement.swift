internal import Statistics

/// How far the readers behind the reference standard agree on the cases that all of them read, with or without a usable
/// reference standard in the end. Cases count alike, also where they have sampling weights.
public struct ReaderAgreement: Hashable, Sendable {
  public let finding: String?
  public let group: Subgroup
  public let readers: Int
  /// Read by all, and by some but not all.
  public let cases: Int
  public let partlyRead: Int
  public let measures: [Taken]

  public struct Taken: Hashable, Sendable {
    public let id: Measure
    public let result: Row.Result
    public var estimate: Estimate? { if case .estimated(let estimate) = result { estimate } else { nil } }
    public var reason: String? {
      switch result {
      case .estimated(let estimate): estimate.caveat
      case .undefined(let reason): reason.description
      }
    }
  }

  public enum Measure: String, Hashable, Sendable, CaseIterable {
    case percent = "percent_agreement"
    case kappa
    case kappaLinear = "kappa_linear"
    case kappaQuadratic = "kappa_quadratic"
    case fleiss = "fleiss_kappa"
    case ac1
    case iccOne = "icc_2_1"
    case iccMean = "icc_2_k"
    case bias
    case lowerLimit = "limit_lower"
    case upperLimit = "limit_upper"

    var scale: Scale {
      switch self {
      case .percent: .logit
      case .bias, .lowerLimit, .upperLimit: .identity
      default: .fisher
      }
    }
  }

  /// More categories than this are numbers, or not cleaned.
  static let mostCategories = 50
}

extension ReaderAgreement {
  static func of(
    _ cohort: Cohort, _ finding: FindingDefinition, following plan: AnalysisPlan
  ) -> [ReaderAgreement] {
    guard let reads = cohort.reads, let readers = finding.reference.readers else { return [] }
    let cases = ReadCases(reads, cohort)
    let everyone = ReaderAgreement(
      cases, Array(0..<cases.count), .everyone, finding.id, readers, plan.confidence)
    let groups = plan.subgroups.filter { $0.count == 1 }.flatMap { names -> [ReaderAgreement] in
      guard let dimension = try? Dimension(names, in: cohort) else { return [] }
      let cells = dimension.codes + (cohort.unverified.map { dimension.cells(of: $0) } ?? [])
      return zip(dimension.groups, dimension.cells).map { group, own in
        let members = Set(own.map { UInt16($0) })
        return ReaderAgreement(
          cases, cells.indices.filter { members.contains(cells[$0]) }, group, finding.id, readers,
          plan.confidence)
      }
    }
    return [everyone] + groups
  }

  /// The reads of all cases, those without a reference standard behind the others.
  private struct ReadCases {
    let readers: [[Double]]
    let categories: [String]?
    let patients: [UInt32]?
    let count: Int

    init(_ reads: ReaderReads, _ cohort: Cohort) {
      readers = zip(reads.analysed, reads.unverified).map { $0 + $1 }
      categories = reads.categories
      patients = cohort.patients.map { $0 + (cohort.unverified?.patients ?? []) }
      count = readers[0].count
    }

    /// Nil unless every reader read it.
    func reads(of index: Int) -> [Double]? {
      let reads = readers.map { $0[index] }
      return reads.contains(ReaderReads.none) ? nil : reads
    }
  }

  private init(
    _ cases: ReadCases, _ members: [Int], _ group: Subgroup, _ finding: String?, _ readers: ReaderColumns,
    _ confidence: Double
  ) {
    var complete: [(index: Int, reads: [Double])] = []
    var partly = 0
    for index in members {
      if let reads = cases.reads(of: index) {
        complete.append((index, reads))
      } else if cases.readers.contains(where: { $0[index] != ReaderReads.none }) {
        partly += 1
      }
    }
    self.finding = finding
    self.group = group
    self.readers = cases.readers.count
    self.cases = complete.count
    partlyRead = partly
    let patients = complete.map { one in cases.patients.map { $0[one.index] } ?? UInt32(one.index) }
    let isClustered = cases.patients != nil
    let tail = (1 - confidence) / 2
    func taken<Sums: Hashable>(
      _ id: Measure, _ all: Sums, _ units: [(sums: Sums, count: Int)], minus: (Sums, Sums) -> Sums,
      _ statistic: (Sums) throws(Undefined) -> Double
    ) -> Taken {
      do throws(Undefined) {
        let found = try Jackknife(all, units: units, minus: minus, statistic)
        let interval = found.interval(id.scale, tail: tail)
        return Taken(
          id: id,
          result: .estimated(
            Estimate(
              value: found.value, interval: interval,
              method: interval == nil ? "none" : "jackknife" + (isClustered ? ", by patient" : ""),
              caveat: interval == nil ? "no interval: the reads leave nothing to estimate it from" : nil)))
      } catch {
        return Taken(id: id, result: .undefined(error))
      }
    }
    if let categories = cases.categories {
      guard categories.count > 1, categories.count <= Self.mostCategories else {
        let reason: Undefined = .notComputed(
          categories.count > 1
            ? "\(categories.count) categories, at most \(Self.mostCategories) are compared"
            : "the readers used one category only")
        measures = [Taken(id: .kappa, result: .undefined(reason))]
        return
      }
      typealias Sums = CategoryAgreement.Sums
      let none = Sums(readers: self.readers, categories: categories.count)
      var all = none
      for one in complete { all.add(one.reads.map { Int($0) }) }
      let units = Self.units(complete.map { one in one.reads.map { Int($0) } }, patients, isClustered, none) {
        $0.add($1)
      }
      func take(_ id: Measure, _ statistic: (Sums) throws(Undefined) -> Double) -> Taken {
        taken(id, all, units, minus: { $0 - $1 }, statistic)
      }
      var measures = [
        take(.percent) { sums throws(Undefined) in try CategoryAgreement.percent(sums) },
        take(.kappa) { sums throws(Undefined) in try CategoryAgreement.kappa(sums) },
      ]
      if case .ordinal = readers.scale, categories.count > 2 {
        measures += [
          take(.kappaLinear) { sums throws(Undefined) in try CategoryAgreement.kappa(sums, .linear) },
          take(.kappaQuadratic) { sums throws(Undefined) in try CategoryAgreement.kappa(sums, .quadratic) },
        ]
      }
      if self.readers > 2 {
        measures.append(
          take(.fleiss) { sums throws(Undefined) in try CategoryAgreement.fleissKappa(sums) })
      }
      measures.append(take(.ac1) { sums throws(Undefined) in try CategoryAgreement.ac1(sums) })
      self.measures = measures
    } else {
      typealias Sums = NumberAgreement.Sums
      let none = Sums(readers: self.readers)
      var all = none
      for one in complete { all.add(one.reads) }
      let units = Self.units(complete.map(\.reads), patients, isClustered, none) { $0.add($1) }
      func take(_ id: Measure, _ statistic: (Sums) throws(Undefined) -> Double) -> Taken {
        taken(id, all, units, minus: { $0 - $1 }, statistic)
      }
      var measures = [
        take(.iccOne) { sums throws(Undefined) in try NumberAgreement.icc(sums, ofMean: false) },
        take(.iccMean) { sums throws(Undefined) in try NumberAgreement.icc(sums, ofMean: true) },
      ]
      if self.readers == 2 {
        measures += [
          take(.bias) { sums throws(Undefined) in try NumberAgreement.bias(sums) },
          take(.lowerLimit) { sums throws(Undefined) in try NumberAgreement.limit(sums, isUpper: false) },
          take(.upperLimit) { sums throws(Undefined) in try NumberAgreement.limit(sums, isUpper: true) },
        ]
      }
      self.measures = measures
    }
  }

  /// The sums of each patient, or of each case, those that are alike together, in the order of their first appearance.
  private static func units<Reads: Hashable, Sums: Hashable>(
    _ reads: [[Reads]], _ patients: [UInt32], _ isClustered: Bool, _ none: Sums,
    add: (inout Sums, [Reads]) -> Void
  ) -> [(sums: Sums, count: Int)] {
    var units: [Sums] = []
    var counts: [Int] = []
    if isClustered {
      var places: [UInt32: Int] = [:]
      for (reads, patient) in zip(reads, patients) {
        let place = places[patient] ?? units.count
        if place == units.count {
          places[patient] = place
          units.append(none)
        }
        add(&units[place], reads)
      }
      counts = units.map { _ in 1 }
    } else {
      var places: [[Reads]: Int] = [:]
      for reads in reads {
        if let place = places[reads] {
          counts[place] += 1
        } else {
          places[reads] = units.count
          var sums = none
          add(&sums, reads)
          units.append(sums)
          counts.append(1)
        }
      }
    }
    var merged: [(sums: Sums, count: Int)] = []
    var places: [Sums: Int] = [:]
    for (sums, count) in zip(units, counts) {
      if let place = places[sums] {
        merged[place].count += count
      } else {
        places[sums] = merged.count
        merged.append((sums, count))
      }
    }
    return merged
  }
}
