/// Limits the growth of compressed data, because a small file could otherwise fill a disk.
package struct InflationLimit: Sendable {
  /// The maximum number of bytes for each compressed byte.
  package var ratio = 200
  /// The number of bytes that is always allowed.
  static let harmless = 64 << 20

  package init() {}

  func maximum(from count: Int) -> Int {
    let (product, overflow) = count.multipliedReportingOverflow(by: ratio)
    return overflow ? .max : max(product, Self.harmless)
  }

  func refusal(from count: Int) -> String {
    "\(count) bytes grow to more than \(maximum(from: count))"
  }
}
