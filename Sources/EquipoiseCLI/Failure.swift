internal import Exchange
internal import Ingestion
internal import Validation

/// How a run ended, for the program that started it. Most usage errors are the argument parser's.
enum ExitStatus: Int32 {
  case met = 0
  case notMet = 1
  case inconclusive = 2
  case usage = 64
  case wrongInput = 65
  case missingInput = 66
  case ourFault = 70
  case cannotWrite = 74

  init(_ verdict: Verdict) {
    switch verdict {
    case .met, .noCriteria: self = .met
    case .notMet: self = .notMet
    case .inconclusive, .notAssessable: self = .inconclusive
    }
  }
}

/// Why a run ended without a result: a sentence, and the status that says whose turn it is.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  init(_ errors: DocumentErrors) { self.init(.wrongInput, errors.description) }

  /// `hidingCells`: under `--quiet` the contents of cells are never shown.
  init(_ errors: InputErrors, hidingCells: Bool = false) {
    self.init(
      errors.isMissingInput ? .missingInput : .wrongInput,
      hidingCells ? errors.redacted : errors.description)
  }

  /// The levels of a column are contents of its cells: a few are shown, under `--quiet` none.
  init(_ error: PlanError, plan: String, hidingCells: Bool) {
    let most = 6
    var message = "\(error)"
    if case .unknownGroup(let attribute, let level, let known) = error {
      let rest = known.count > most ? ["and \(known.count - most) more"] : []
      message =
        hidingCells
        ? "\(attribute) has no level \"\(level)\""
        : "\(PlanError.unknownGroup(attribute: attribute, level: level, known: known.prefix(most) + rest))"
    }
    self.init(.wrongInput, "\(plan): \(message)")
  }
}

/// Runs a reader, and ends the run with its problems if there are any.
func refusing<Value>(_ read: () throws(DocumentErrors) -> Value) throws(Failure) -> Value {
  do { return try read() } catch { throw Failure(error) }
}
