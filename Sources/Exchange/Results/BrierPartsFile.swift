internal import Statistics
internal import Validation

extension BrierParts {
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("bins") { writer in
        writer.array(parts.bins) { writer, bin in
          writer.object {
            $0.member("cases", bin.cases)
            $0.member("index", bin.index)
            $0.member("mean_prediction", bin.meanPrediction)
            $0.member("observed", bin.observed)
          }
        }
      }
      writer.member("brier", parts.brier)
      writer.member("finding", finding)
      writer.member("model", model)
      writer.member("reliability", parts.reliability)
      writer.member("resolution", parts.resolution)
      writer.member("uncertainty", parts.uncertainty)
      writer.member("within_covariance", parts.withinCovariance)
      writer.member("within_variance", parts.withinVariance)
    }
  }
}
