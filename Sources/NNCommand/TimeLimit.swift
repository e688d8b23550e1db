import ArgumentParser

/// A length of time: a number of seconds, or numbers with the units h, m and s, such as 90, 1.5m or 1h30m.
package struct TimeLimit: ExpressibleByArgument, Equatable, Sendable {
  package let seconds: Double
  /// As it was given.
  package let text: String

  /// More than a year.
  private static let maximumSeconds = 10_000.0 * 3600
  private static let units: [(name: Character, seconds: Double)] = [("h", 3600), ("m", 60), ("s", 1)]

  package init?(argument: String) {
    guard let seconds = Self.number(argument[...]) ?? Self.sum(argument), seconds > 0, seconds <= Self.maximumSeconds
    else { return nil }
    (self.seconds, text) = (seconds, argument)
  }

  /// The sum of numbers with a unit each, the longer units first.
  private static func sum(_ text: String) -> Double? {
    var (rest, total) = (text[...], 0.0)
    for unit in units {
      guard let end = rest.firstIndex(of: unit.name) else { continue }
      guard let number = number(rest[..<end]) else { return nil }
      total += number * unit.seconds
      rest = rest[rest.index(after: end)...]
    }
    return rest.isEmpty ? total : nil
  }

  /// A decimal number without sign or exponent.
  private static func number(_ text: Substring) -> Double? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } ? Double(text) : nil
  }
}
