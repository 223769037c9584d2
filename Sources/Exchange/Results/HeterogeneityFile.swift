internal import Statistics
internal import Validation

extension Heterogeneity {
  func write(to writer: inout JSONWriter) {
    let tests = self.tests
    writer.object { writer in
      writer.member("attribute", attribute)
      writer.member("exact_p", tests?.exactP.value)
      writer.member("exact_reason", tests?.exactP.reason)
      writer.member("family", tests == nil ? nil : Heterogeneity.family)
      writer.member("finding", finding)
      writer.member("groups") { $0.array(groups) { $1.write(to: &$0) } }
      writer.member("i_squared", tests?.cochran.iSquared)
      writer.member("largest_gap") { writer in
        if let gap = tests?.largestGap { gap.write(to: &writer) } else { writer.null() }
      }
      writer.member("left_out") { writer in
        writer.array(leftOut) { writer, left in
          writer.object {
            $0.member("group", left.group.write)
            $0.member("reason", left.reason.description)
          }
        }
      }
      writer.member("likelihood_ratio", tests?.likelihoodRatio.value?.statistic)
      writer.member("likelihood_ratio_p", tests?.likelihoodRatio.value?.p)
      writer.member("likelihood_ratio_reason", tests?.likelihoodRatio.reason)
      writer.member("metric", metric)
      writer.member("model", model)
      writer.member("p", tests?.p)
      writer.member("p_adjusted", tests?.pAdjusted)
      writer.member("p_of", tests?.source.name)
      writer.member("q", tests?.cochran.statistic)
      writer.member("q_degrees_of_freedom", tests?.cochran.degreesOfFreedom)
      writer.member("q_p", tests?.cochran.p)
      writer.member("q_reference", tests.map { $0.isByPatient ? "welch, by patient" : "chi-squared" })
      writer.member("reason", result.reason)
    }
  }
}

extension Heterogeneity.Tests.Source {
  fileprivate var name: String {
    switch self {
    case .exact: "freeman-halton"
    case .likelihoodRatio: "likelihood-ratio"
    case .cochran: "cochran-q"
    }
  }
}

extension Heterogeneity.LargestGap {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("level", estimate.interval?.level)
      $0.member("lower", estimate.interval?.lower.ifFinite)
      $0.member("method", estimate.method)
      $0.member("p", p)
      $0.member("reason", estimate.caveat)
      $0.member("subgroup", higher.write)
      $0.member("subgroup_minus", lower.write)
      $0.member("upper", estimate.interval?.upper.ifFinite)
      $0.member("value", estimate.value)
    }
  }
}

extension Result where Failure == Undefined {
  var value: Success? { try? get() }
  var reason: String? {
    if case .failure(let reason) = self { reason.description } else { nil }
  }
}
