/// How much compressed data may grow: a small file can otherwise fill a disk.
package struct InflationLimit: Sendable {
  /// Bytes for each compressed one.
  package var ratio = 200
  /// What is allowed whatever the ratio.
  static let harmless = 64 << 20

  package init() {}

  func most(from count: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: ratio)
    return overflow ? .max : max(product, Self.harmless)
  }

  func refusal(from count: Int) -> String {
    "\(count) bytes grow to more than \(most(from: count))"
  }
}
