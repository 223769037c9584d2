internal import Statistics
internal import Validation

extension FairnessSummary {
  /// Always exploratory.
  func write(to writer: inout JSONWriter) {
    let finding = try? result.get()
    let estimate = finding?.estimate
    writer.object { writer in
      writer.member("attribute", attribute)
      writer.member("definition", definition.rawValue)
      writer.member("finding", self.finding)
      writer.member("groups", finding?.groups)
      writer.member("higher_group") { write(finding?.higher, to: &$0) }
      writer.member("level", estimate?.interval?.level)
      writer.member("lower", estimate?.interval?.lower.ifFinite)
      writer.member("lower_group") { write(finding?.lower, to: &$0) }
      writer.member("method", estimate?.method)
      writer.member("metric", finding?.metric)
      writer.member("model", model)
      writer.member("prespecified", false)
      writer.member("reason", reason)
      writer.member("status", finding == nil ? "undefined" : "estimated")
      writer.member("upper", estimate?.interval?.upper.ifFinite)
      writer.member("value", estimate?.value)
    }
  }

  private var reason: String? {
    switch result {
    case .success(let finding): finding.estimate.caveat
    case .failure(let undefined): undefined.description
    }
  }

  private func write(_ group: Subgroup?, to writer: inout JSONWriter) {
    if let group { group.write(to: &writer) } else { writer.null() }
  }
}
