/// The range of numbers that pictures were brought to, such as 0 to 1 or −1 to 1: its ends are the pixels 0 and 255.
package struct PixelRange: Sendable, Equatable, CustomStringConvertible {
  package let low: Double
  package let high: Double

  package static let unit = PixelRange(low: 0, high: 1)

  private init(low: Double, high: Double) {
    (self.low, self.high) = (low, high)
  }

  /// Parses `LOW:HIGH`, two finite numbers of which the first is the lower; nil for any other text.
  package init?(_ text: String) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite, high.isFinite, low < high,
      (high - low).isFinite
    else { return nil }
    self.init(low: low, high: high)
  }

  package var description: String { "\(Self.text(low)):\(Self.text(high))" }

  private static func text(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// The pixel that a number stands for, rounded; nil for a number that is beyond the range by half a pixel or more.
  subscript(number: Double) -> UInt8? {
    let level = ((number - low) / (high - low) * 255).rounded()
    return 0...255 ~= level ? UInt8(level) : nil
  }
}
