public import Statistics
public import Validation

/// What will be read and how it will be understood, before anything is estimated.
///
/// Every count is of one column, or of attributes with each other: nothing here crosses a model's output with the
/// reference standard, so that looking at it decides nothing about the results.
public struct CohortCheck: Sendable {
  /// Nobody was ever older, in years.
  public static let oldestAge = 122.0

  public let files: [FileCheck]
  public let joins: [JoinAccount]
  /// Joined rows without a partner.
  public let unmatched: [UnmatchedKeys]
  public let columns: [ColumnCheck]
  public let scores: [ScoreCheck]
  public let models: [ModelCheck]
  /// By finding; nil where what is left out depends on an output.
  public let truths: [TruthCheck]?
  public let rows: Int
  /// Without their groups.
  public let exclusions: [ExclusionCount]
  /// What the rows that are left make, with or without a reference standard.
  public let cases: Int
  /// Nil where every row is a case.
  public let unit: UnitCheck?
  public let clusters: Clusters?
  /// Nil without sampling weights.
  public let weights: WeightSummary?
  /// Patients (or none, where no patient is named) whose rows differ in an attribute.
  public let differing: [(attribute: String, patients: Int, examples: [InputError.Place])]
  public let groups: [GroupCheck]
  /// The first and the last day of a case, in ISO 8601; nil without dates.
  public let days: (first: String, last: String)?
  /// Of ages from two dates: the ends of their range, and the cases beyond what anybody lived.
  public let ages: [(attribute: String, youngest: Int, oldest: Int, impossible: Int)]

  public struct FileCheck: Sendable {
    public let path: String
    public let rows: Int
    public let isJoined: Bool
    public let read: [String]
    public let ignored: [String]
  }

  /// A column whose values are declared or counted.
  public struct ColumnCheck: Sendable {
    public let name: String
    public let role: String
    /// The most frequent first; as frequent ones by their text, so that the order of the rows does not show.
    public let values: [Value]
    /// Says whether a model gave an output.
    public var isStatus: Bool { role == Self.status }
    static let status = "the status of outputs"

    /// Values that are the same but for case, spaces, accents or marks, and mean different things.
    public let alike: [[String]]

    /// The values by what they mean, in the order of each meaning's most frequent value.
    public var meanings: [(meaning: String, values: [Value])] { meanings(ofFirst: values.count) }

    public func meanings(ofFirst count: Int) -> [(meaning: String, values: [Value])] {
      var groups: [(meaning: String, values: [Value])] = []
      for value in values.prefix(count) {
        if let index = groups.firstIndex(where: { $0.meaning == value.meaning }) {
          groups[index].values.append(value)
        } else {
          groups.append((value.meaning, [value]))
        }
      }
      return groups
    }

    public struct Value: Sendable {
      public let text: String
      public let rows: Int
      public let meaning: String
      /// Other spellings that count as the same.
      public var spellings: [String] = []
    }
  }

  /// A column of scores, by itself.
  public struct ScoreCheck: Sendable {
    public let name: String
    public let numbers: Int
    public let others: Int
    /// The ends of the range, with the rows that hold exactly them.
    public let lowest: (value: Double, rows: Int)?
    public let highest: (value: Double, rows: Int)?
    /// How many rows hold the values beside them.
    let besideLowest, besideHighest: Int
    /// Whole numbers, few of them.
    public let isRating: Bool
    /// An end that so many rows share stands for something else than a score, as likely as not.
    public var suspects: [(value: Double, rows: Int)] {
      let isCut = [(lowest, besideLowest), (highest, besideHighest)].allSatisfy { end, beside in
        end.map { $0.rows >= 4 && $0.rows >= 4 * beside } ?? false
      }
      return ends(isCut: isCut)
    }

    private func ends(isCut: Bool) -> [(value: Double, rows: Int)] {
      [(lowest, besideLowest), (highest, besideHighest)].compactMap { end, beside in
        guard let end, end.rows > 1 else { return nil }
        let isMany = Double(end.rows) / Double(max(numbers, 1)) >= 0.02
        // Failures that one spelling leaves out are few, but scores that are rounded thin out towards their ends.
        let isHeap = end.rows >= 4 && end.rows >= 4 * beside
        let isToken = [-1, -9, -99, 99, 999, 9999, -999].contains(end.value)
        // A scale of a few whole numbers is used to its ends, and scores that are cut off heap up at both.
        return isToken || (isMany || isHeap) && !isRating && !isCut ? end : nil
      }
    }
  }

  public struct Clusters: Sendable {
    public let patients: Int
    public let withSeveral: Int
    public let most: Int
    /// Cases without an id.
    public let without: Int
  }

  public struct GroupCheck: Sendable {
    /// By one attribute, or by several.
    public let subgroup: Subgroup
    public let cases: Int
    public let patients: Int?
  }
}

/// Reads the files of a cohort and says how they are understood; throws what `readCohort` throws.
public func checkCohort(
  _ plan: AnalysisPlan, from files: [CaseFile], relativeTo base: String,
  joinsRelativeTo joinBase: String? = nil,
  workers: Workers = .one
) throws(InputErrors) -> CohortCheck {
  let definition = plan.cohort
  let columns = ColumnPlan(definition)
  var reading = try CaseReading(
    definition, columns, from: files, relativeTo: base, joinsRelativeTo: joinBase ?? base,
    sizes: BlockSizes(), workers: workers)
  reading.read(nil)
  var problems = reading.problems
  if let table = reading.table, table.rowCount > 0 {
    var builder = CohortBuilder(
      table, isWhole: problems.isEmpty, definition: definition, columns: columns,
      keptProblems: InputErrors.fewPlaces, workers: workers, joins: reading.accounts)
    if builder.build() != nil {
      return try CohortCheck(builder, reading, plan)
    }
    problems.merge(builder.problems)
  }
  problems.sort(files: reading.fileNames)
  throw problems
}

extension CohortCheck {
  init(_ builder: CohortBuilder, _ reading: CaseReading, _ plan: AnalysisPlan) throws(InputErrors) {
    var builder = builder
    let cases = builder.readCaseRows()
    let definition = plan.cohort
    let attributes = definition.attributes.indices.map { builder.readAttribute($0, of: cases) }
    let patients = builder.readPatients(of: cases, truths: [])
    files = try reading.columnsOfFiles().map { file in
      FileCheck(
        path: file.input.path, rows: file.input.rows, isJoined: file.isJoined, read: file.read,
        ignored: file.ignored)
    }
    joins = reading.accounts
    unmatched = reading.unmatched
    columns = builder.columnChecks()
    scores = builder.scoreChecks()
    models = builder.modelChecks(cases)
    truths = builder.truthChecks(cases)
    unit = builder.unitCheck(cases)
    rows = builder.table.rowCount
    exclusions = builder.countsOfExclusions()
    self.cases = cases.count
    clusters = patients.map(Clusters.init)
    weights = builder.weightSummary(of: cases)
    differing = builder.differingAttributes()
    let days = cases.first(of: builder.caseDates(), unknown: .min).filter { $0 != .min }
    self.days = days.min().flatMap { first in
      days.max().map { (CalendarDate.text(ofOrdinal: first), CalendarDate.text(ofOrdinal: $0)) }
    }
    ages = attributes.compactMap { attribute in
      guard let ages = attribute.ages?.filter({ $0 != .min }), let youngest = ages.min(),
        let oldest = ages.max()
      else { return nil }
      return (
        attribute.name, Int(youngest), Int(oldest), ages.count { Double($0) > Self.oldestAge }
      )
    }
    groups = plan.subgroups.flatMap { dimension in
      let members = dimension.compactMap { name in definition.attributes.firstIndex { $0.name == name } }
      return GroupCheck.groups(members.map { attributes[$0] }, patients: patients)
    }
  }
}

extension CohortCheck.Clusters {
  fileprivate init(_ patients: PatientCodes) {
    var counts = [Int](repeating: 0, count: patients.ids + patients.separate)
    var unnamed = 0
    for patient in patients.codes {
      if patient == PatientCodes.none { unnamed += 1 } else { counts[Int(patient)] += 1 }
    }
    self.init(
      patients: counts.count { $0 > 0 }, withSeveral: counts.count { $0 > 1 }, most: counts.max() ?? 0,
      without: unnamed + patients.separate)
  }
}

extension CohortCheck.GroupCheck {
  /// The groups of one dimension that any case is in, in the order of their levels; the unknown one last.
  fileprivate static func groups(
    _ attributes: [AttributeCodes], patients: PatientCodes?
  ) -> [Self] {
    let sizes = attributes.map { $0.levels.count + 1 }
    let count = sizes.reduce(1, *)
    guard let first = attributes.first, count <= 100_000 else { return [] }
    var cases = [Int](repeating: 0, count: count)
    var members = [Set<UInt32>](repeating: [], count: patients == nil ? 0 : count)
    for index in first.codes.indices {
      let own = zip(attributes, sizes).reduce([0]) { groups, attribute in
        let levels = attribute.0.levels(of: attribute.0.codes[index])
        return groups.flatMap { group in levels.map { group * attribute.1 + $0 } }
      }
      for group in own {
        cases[group] += 1
        if let patient = patients?.codes[index], patient != PatientCodes.none {
          members[group].insert(patient)
        }
      }
    }
    return cases.indices.filter { cases[$0] > 0 }.map { group in
      var rest = group
      var terms: [Subgroup.Term] = []
      for (attribute, size) in zip(attributes, sizes).reversed() {
        let level = rest % size
        rest /= size
        terms.append(
          .init(
            attribute.name,
            level == size - 1 ? .unknown : .named(attribute.levels[level])))
      }
      return Self(
        subgroup: Subgroup(terms.reversed()), cases: cases[group],
        patients: patients.map { _ in members[group].count })
    }
  }
}
