/// An entry of a list of the places where one of four rows of bytes is not zero: the place in bits 0–31, the rows'
/// bytes in 32–39, 40–47, 48–55 and 56–63.
public typealias QuadEntry = UInt64

/// Lists of entries, one after the other.
@frozen
public struct QuadRun {
  /// Parts of a list. Any of them may be empty: the entries of a list that is not sorted are all in the first part.
  @inlinable public static var parts: Int { 3 }

  public let entries: UnsafePointer<QuadEntry>
  /// Where the parts of each list start, `parts` a list: entries of all four rows, of the first two rows alone and of
  /// the last two rows alone. Each part ends where the next part starts, of the same list or the next.
  public let starts: UnsafePointer<Int>
  public let count: Int
  /// For each list, whether it is to be gone through; nil for all.
  public let needed: UnsafePointer<Bool>?

  @inlinable
  public init(
    entries: UnsafePointer<QuadEntry>, starts: UnsafePointer<Int>, count: Int, needed: UnsafePointer<Bool>? = nil
  ) {
    (self.entries, self.starts, self.count, self.needed) = (entries, starts, count, needed)
  }

  @inlinable
  public func isNeeded(_ list: Int) -> Bool { needed?[list] ?? true }
}
