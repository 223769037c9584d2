internal import Validation

extension Cohort {
  /// What every cohort promises and this one does not keep.
  var brokenPromise: String? {
    let left = flow.read - flow.exclusions.reduce(0) { $0 + $1.rows }
    if flow.isCombined ? flow.cases > left : flow.cases != left { return "rows are lost" }
    if flow.cases != flow.noReference + flow.equivocal + flow.analysed { return "cases are lost" }
    if flow.analysed != count { return "the flow counts other cases" }
    var asked = flow.read
    for join in flow.joins {
      if join.matched + join.onlyHere != asked { return "a join loses rows" }
      if let box = flow.exclusions.first(where: { $0.isJoin && $0.id == join.file }) {
        if box.rows != join.onlyHere { return "a join leaves out other rows" }
        asked -= box.rows
      }
    }
    if !isPositive.contains(0) || !isPositive.contains(1) { return "one side is empty" }
    if let patients, patients.contains(where: { $0 >= patientCount }) { return "a patient beyond the last" }
    for rule in flow.exclusions {
      for attribute in rule.attributes
      where attribute.levels.reduce(0, { $0 + $1.rows }) < rule.rows {
        return "a box of \(attribute.name) loses rows"
      }
    }
    return models.lazy.compactMap(\.brokenPromise).first ?? attributes.lazy.compactMap(\.brokenPromise).first
  }
}

extension ModelOutputs {
  fileprivate var brokenPromise: String? {
    if let scores, scores.contains(where: { !$0.isFinite }) { return "a score of \(name) is not finite" }
    for index in failed.indices where failed[index] == 1 {
      if scores.map({ $0[index] != 0 }) ?? false { return "a failed output of \(name) has a score" }
      if !flagged.isEmpty && flagged[index] != 0 { return "a failed output of \(name) flags" }
    }
    return nil
  }
}

extension Attribute {
  fileprivate var brokenPromise: String? {
    if Set(levels).count != levels.count { return "a level of \(name) stands twice" }
    let limit = combinations?.count ?? levels.count
    if codes.contains(where: { $0 != Attribute.unknown && $0 >= limit }) { return "\(name) beyond the last" }
    for levels in combinations ?? [] {
      if levels.isEmpty || zip(levels, levels.dropFirst()).contains(where: >=) {
        return "a combination of \(name) is none or is not in order"
      }
      if levels.contains(where: { $0 >= self.levels.count }) { return "\(name) combines what is not there" }
    }
    return nil
  }
}
