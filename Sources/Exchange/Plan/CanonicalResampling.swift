internal import Validation

extension BootstrapPlan {
  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("groups", groups)
      if let metrics { $0.member("metrics", metrics.sorted()) }
      $0.member("replicates", replicates)
    }
  }
}

extension SlicePlan {
  func write(to writer: inout JSONWriter) {
    writer.object {
      if let attributes { $0.member("attributes", attributes.sorted()) }
      $0.member("depth", depth)
      $0.member("keep", keep)
      $0.member("metric", metric)
    }
  }
}
