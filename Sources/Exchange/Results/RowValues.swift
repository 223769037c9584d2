internal import Statistics
internal import Validation

/// What `study.json` and `rows.csv` say of a row alike.
extension Row {
  var status: String { estimate == nil ? "undefined" : "estimated" }

  /// Why there is no value, or what must be said beside it: `unbounded` where a limit does not exist.
  var reason: String? {
    switch result {
    case .undefined(let undefined): undefined.description
    case .estimated(let estimate): estimate.caveat
    }
  }

  /// Nil without an interval, and where the limit does not exist.
  var lower: Double? { estimate?.interval?.lower.ifFinite }
  var upper: Double? { estimate?.interval?.upper.ifFinite }
}

extension Double {
  var ifFinite: Double? { isFinite ? self : nil }
}

extension Subgroup {
  /// `{"sex":"Female"}`; a missing attribute's level is null.
  func write(to writer: inout JSONWriter) {
    writer.object { writer in
      for term in terms.sorted(by: { $0.attribute < $1.attribute }) {
        switch term.level {
        case .named(let name): writer.member(term.attribute, name)
        case .unknown: writer.member(term.attribute) { $0.null() }
        }
      }
    }
  }
}
