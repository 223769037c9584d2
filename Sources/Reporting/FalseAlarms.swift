internal import Statistics
internal import Validation

/// What predictive values mean for whoever answers the alarms: derived from them, so that they agree with what is printed.
struct FalseAlarms {
  let ppv: Estimate?
  let npv: Estimate?

  /// (1 − PPV) / PPV with the limits that the PPV's carry over; nil where no alarm is true.
  var perTrueOne: (value: Double, interval: Interval?)? {
    guard let ppv, ppv.value > 0 else { return nil }
    func ratio(_ share: Double) -> Double { (1 - share) / share }
    return (
      ratio(ppv.value),
      ppv.interval.map { Interval(lower: ratio($0.upper), upper: ratio($0.lower), level: $0.level) }
    )
  }

  /// Nil where a flag does not raise the chance of the condition.
  var numberNeededToPredict: Double? {
    guard let ppv, let npv, ppv.value + npv.value > 1 + 1e-12 else { return nil }
    return 1 / (ppv.value + npv.value - 1)
  }

  var cells: [Cell] {
    let style = NumberStyle.number(decimals: 2)
    let alarms = perTrueOne.map { alarms in
      Cell(
        style.plain(
          .estimated(
            Estimate(
              value: alarms.value, interval: alarms.interval, method: "mercaldo",
              hasFewEvents: ppv?.hasFewEvents ?? false))),
        numbers: .one(alarms.value, style) + .limits(alarms.interval, .style(style)))
    }
    return [
      alarms ?? "–",
      Cell(
        numberNeededToPredict.map(style.text) ?? "–", numbers: .one(numberNeededToPredict, style)),
    ]
  }
}
