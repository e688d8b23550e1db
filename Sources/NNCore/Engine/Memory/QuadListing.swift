import NNKernelTypes

/// Lists of the places where one of four rows of bytes is not zero.
package protocol QuadListing {
  init()
  /// Lists so far.
  var count: Int { get }
  /// The number of entries in a list.
  subscript(index: Int) -> Int { get }
  mutating func removeAll()
  /// Adds a list of the places below `width` where one of four rows of bytes is not zero.
  mutating func append(_ rows: QuadRows, width: Int, kernels: any KernelSet)
  /// Sorts entries by which of the four rows are not zero, for lists that are gone through again and again.
  mutating func sortIntoParts()
}
