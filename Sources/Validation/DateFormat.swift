/// How a column writes its dates: `dd.MM.yyyy`, `M/d/yyyy`, `dd-MMM-yyyy` (English names), or `excel` for the serial
/// numbers of a spreadsheet. A time of day may follow in the cells, whether the pattern has it or not.
public struct DateFormat: Hashable, Sendable {
  /// As the plan writes it.
  public let pattern: String
  /// Empty for serial numbers.
  public let parts: [Part]

  public enum Part: Hashable, Sendable {
    case year
    /// `MM`, `dd`: two digits. `M`, `d`: one or two.
    case month(padded: Bool)
    case day(padded: Bool)
    /// `MMM`: Jan, Feb …
    case monthName
    case sign(UInt8)
  }

  public static let serial = "excel"
  public var isSerial: Bool { pattern == DateFormat.serial }

  /// Nil where it is no pattern: a letter that means nothing here, a year of two digits, a part twice or not at all,
  /// numbers of open length side by side.
  public init?(_ pattern: String) {
    self.pattern = pattern
    parts = pattern == DateFormat.serial ? [] : DateFormat.parts(DateFormat.withoutTime(pattern))
    guard isSerial || DateFormat.areWhole(parts) else { return nil }
  }

  private static func withoutTime(_ pattern: String) -> Substring {
    for time in ["HH:mm:ss", "HH:mm"] where pattern.hasSuffix(time) {
      let date = pattern.dropLast(time.count)
      for sign in ["'T'", "T", " "] where date.hasSuffix(sign) { return date.dropLast(sign.count) }
    }
    return Substring(pattern)
  }

  private static func parts(_ pattern: Substring) -> [Part] {
    var parts: [Part] = []
    var rest = Array(pattern.utf8)[...]
    while let sign = rest.first {
      let run = rest.prefix { $0 == sign }
      rest = rest.dropFirst(run.count)
      switch (sign, run.count) {
      case (UInt8(ascii: "y"), 4): parts.append(.year)
      case (UInt8(ascii: "M"), 1...2): parts.append(.month(padded: run.count == 2))
      case (UInt8(ascii: "M"), 3): parts.append(.monthName)
      case (UInt8(ascii: "d"), 1...2): parts.append(.day(padded: run.count == 2))
      case (UInt8(ascii: " "), _), (UInt8(ascii: ","), _), (UInt8(ascii: "-"), _), (UInt8(ascii: "."), _),
        (UInt8(ascii: "/"), _):
        parts += run.map { .sign($0) }
      default: return []
      }
    }
    return parts
  }

  private static func areWhole(_ parts: [Part]) -> Bool {
    func count(_ kind: (Part) -> Bool) -> Int { parts.count(where: kind) }
    let isOnce =
      count { $0 == .year } == 1
      && count { $0 == .monthName || $0 == .month(padded: true) || $0 == .month(padded: false) } == 1
      && count { $0 == .day(padded: true) || $0 == .day(padded: false) } == 1
    let open: [Part] = [.month(padded: false), .day(padded: false)]
    let touching = zip(parts, parts.dropFirst()).contains { first, second in
      if case .sign = second { return false }
      return open.contains(first)
    }
    return isOnce && !touching
  }
}

/// A fixed distance from Universal Time, in minutes. Named zones with their summer times are not known here.
public struct ZoneOffset: Hashable, Sendable {
  public let minutes: Int

  /// `Z`, `+08:00`, `-0530`, `+01`; nil for anything else.
  public init?(_ text: String) {
    if text == "Z" || text == "UTC" {
      minutes = 0
      return
    }
    let digits = text.utf8.dropFirst().filter { $0 != UInt8(ascii: ":") }
    guard let sign = text.utf8.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      digits.count == 2 || digits.count == 4, digits.allSatisfy({ $0 >= 48 && $0 < 58 })
    else { return nil }
    let numbers = digits.map { Int($0 - 48) }
    let hours = numbers[0] * 10 + numbers[1]
    let rest = numbers.count == 4 ? numbers[2] * 10 + numbers[3] : 0
    guard hours <= 14, rest < 60 else { return nil }
    minutes = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + rest)
  }
}
