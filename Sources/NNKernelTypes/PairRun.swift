/// Lists whose entries are of two neighbouring places: an entry holds the bytes of four rows at both places, two bytes
/// of the first row lowest.
@frozen
public struct PairRun {
  public let lists: QuadRun
  /// For each entry, half of the even one of its two places.
  public let places: UnsafePointer<UInt32>

  @inlinable
  public init(lists: QuadRun, places: UnsafePointer<UInt32>) {
    (self.lists, self.places) = (lists, places)
  }
}
