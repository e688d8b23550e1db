/// How often outputs are dropped, and what the others are multiplied by.
@frozen
public struct DropoutRate {
  /// The bits below which an output is dropped.
  public let threshold: UInt32
  public let gain: Float

  @inlinable
  public init(threshold: UInt32, gain: Float) {
    (self.threshold, self.gain) = (threshold, gain)
  }
}
