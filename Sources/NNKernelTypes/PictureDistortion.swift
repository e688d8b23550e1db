/// How a picture is drawn anew: with thicker or thinner strokes, and each pixel from another place.
@frozen
public struct PictureDistortion {
  public let rows: Int
  public let columns: Int
  /// The source of pixel (column, row) is `origin` + column · `across` + row · `down`, x before y, in pixels.
  public var origin = SIMD2<Float>(0, 0)
  public var across = SIMD2<Float>(1, 0)
  public var down = SIMD2<Float>(0, 1)
  /// What is added to a source; nil for nothing.
  public var displacement: SmoothNoise?
  /// From −256 to 256: the share of 256 at which the most ink of a pixel and its four neighbours is mixed in, or the
  /// least ink where it is negative.
  public var thickening: Int32 = 0

  @inlinable
  public init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
  }
}
