internal import Glibc
package import Validation

/// Decimal text to the nearest double: exactly what `strtod` gives, for decimal numbers only (no `nan`, `inf`, hex).
package enum DecimalNumber {
  package static func parse(_ text: String, decimal: DecimalMark = .point) -> Double? {
    var text = text
    return text.withUTF8 { parse($0, decimal: decimal.byte) }
  }

  /// Nil where it is not a number. Too large a number is infinite, as in `strtod`.
  ///
  /// - Parameters:
  ///   - decimal: the decimal mark.
  ///   - shift: powers of ten by which it is multiplied before it is rounded: −2 for a percentage.
  package static func parse(
    _ text: UnsafeBufferPointer<UInt8>, decimal: UInt8 = UInt8(ascii: "."), shift: Int = 0
  ) -> Double? {
    guard let bytes = text.baseAddress else { return nil }
    let end = text.count
    var at = 0
    let isNegative = end > 0 && bytes[0] == UInt8(ascii: "-")
    if isNegative || (end > 0 && bytes[0] == UInt8(ascii: "+")) { at = 1 }

    var mantissa: UInt64 = 0
    var significant = 0
    var exponent = shift
    let wholeStart = at
    while at < end, case let digit = bytes[at] &- 48, digit < 10 {
      if significant < 19 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
      } else {
        exponent &+= 1
      }
      if mantissa != 0 { significant &+= 1 }
      at &+= 1
    }
    var digits = at - wholeStart
    if at < end, bytes[at] == decimal {
      at &+= 1
      let fractionStart = at
      while at < end, case let digit = bytes[at] &- 48, digit < 10 {
        if significant < 19 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          exponent &-= 1
        }
        if mantissa != 0 { significant &+= 1 }
        at &+= 1
      }
      digits += at - fractionStart
    }
    guard digits > 0 else { return nil }
    let mantissaEnd = at
    var written = shift
    if at < end {
      guard let own = writtenExponent(text, from: at) else { return nil }
      exponent += own
      written += own
    }
    if mantissa == 0 { return isNegative ? -0.0 : 0.0 }
    guard significant <= 19, let magnitude = exact(mantissa, exponent) else {
      return slowly(UnsafeBufferPointer(rebasing: text[..<mantissaEnd]), decimal, exponent: written)
    }
    return isNegative ? -magnitude : magnitude
  }

  /// The number after `e`, which must reach to the end.
  private static func writtenExponent(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard text[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var at = start + 1
    let isNegative = at < text.count && text[at] == UInt8(ascii: "-")
    if isNegative || (at < text.count && text[at] == UInt8(ascii: "+")) { at += 1 }
    guard at < text.count else { return nil }
    var value = 0
    while at < text.count {
      let digit = text[at] &- 48
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 1_000_000)
      at += 1
    }
    return isNegative ? -value : value
  }

  /// `mantissa × 10^exponent`, where it can be had exactly rounded without big numbers.
  private static func exact(_ mantissa: UInt64, _ exponent: Int) -> Double? {
    // Clinger 1990: both operands are exact, so one operation rounds once.
    if mantissa <= 1 << 53 {
      if exponent >= -22 && exponent <= 0 { return Double(mantissa) / powersOfTen[-exponent] }
      if exponent > 0 && exponent <= 22 { return Double(mantissa) * powersOfTen[exponent] }
    }
    guard exponent < 0 && exponent >= -27 else { return nil }
    return quotient(mantissa, -exponent)
  }

  /// `mantissa / 10^k`, correctly rounded: 10^k = 5^k · 2^k, and 5^27 still fits 64 bits.
  private static func quotient(_ mantissa: UInt64, _ k: Int) -> Double {
    let numeratorShift = mantissa.leadingZeroBitCount
    let numerator = mantissa << UInt64(numeratorShift)
    let divisorShift = powersOfFive[k].leadingZeroBitCount
    let divisor = powersOfFive[k] << UInt64(divisorShift)
    let (quotient, remainder) = divisor.dividingFullWidth((numerator >> 1, numerator << 63))
    let excess = UInt64(64 - quotient.leadingZeroBitCount - 53)
    let (rest, half) = (quotient & ((1 << excess) - 1), (1 as UInt64) << (excess - 1))
    var significand = quotient >> excess
    if rest > half || (rest == half && (remainder != 0 || significand & 1 == 1)) { significand += 1 }
    let scale = Int(excess) - 63 + divisorShift - numeratorShift - k
    return Double(sign: .plus, exponent: scale, significand: Double(significand))
  }

  private static func slowly(_ mantissa: UnsafeBufferPointer<UInt8>, _ decimal: UInt8, exponent: Int)
    -> Double
  {
    let power = "e\(exponent)".utf8
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: mantissa.count + power.count + 1) { copy in
      for (index, byte) in mantissa.enumerated() {
        copy[index] = CChar(bitPattern: byte == decimal ? UInt8(ascii: ".") : byte)
      }
      for (index, byte) in power.enumerated() { copy[mantissa.count + index] = CChar(bitPattern: byte) }
      copy[mantissa.count + power.count] = 0
      return copy.baseAddress.map { strtod($0, nil) } ?? 0
    }
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]
  private static let powersOfFive: [UInt64] = (0...27).map { power in
    (0..<power).reduce(1) { product, _ in product * 5 }
  }
}
