/// A way to draw pictures anew for training, so that a network never sees one twice.
///
/// A drawing depends on the seed, the example's place and the step alone, so that examples can be drawn in any order,
/// by any thread.
package protocol PictureRedrawing: Sendable {
  /// Draws `picture` anew.
  ///
  /// - Parameters:
  ///   - place: the example's place in the data.
  ///   - step: the number of the update, from 1.
  ///   - target: as many pixels as the picture has.
  func draw(_ picture: Span<UInt8>, place: Int, step: Int, into target: inout MutableSpan<UInt8>)
}
