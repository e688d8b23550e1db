/// The exact fraction that turns a pixel of 0…255 into a network's input: x = pixel × scale.
package struct Scale: Sendable, Equatable, CustomStringConvertible {
  package let numerator: Int
  package let denominator: Int

  package static let unit = Scale(numerator: 1, denominator: 255)

  package init(numerator: Int, denominator: Int) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// Parses `A/B` or `A`, both whole and greater than 0; nil for any other text.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let numerator = Int(parts[0]),
      let denominator = parts.count == 2 ? Int(parts[1]) : 1,
      numerator > 0, denominator > 0
    else { return nil }
    self.init(numerator: numerator, denominator: denominator)
  }

  package var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }

  /// The network's input for each of the 256 pixel values.
  package var table: [Double] {
    (0..<256).map { Double($0) * Double(numerator) / Double(denominator) }
  }
}
