/// Two numbers for each pixel that change smoothly from pixel to pixel: weighted sums of the noise at the points of a
/// lattice, which is coarser than the pixels.
@frozen
public struct SmoothNoise {
  /// The noise that makes the first numbers, row by row.
  public let x: UnsafePointer<Float>
  /// The noise that makes the second numbers, row by row.
  public let y: UnsafePointer<Float>
  /// Rows of the lattice.
  public let rows: Int
  /// Columns of the lattice.
  public let columns: Int
  /// For each run of sixteen pixels, the lattice's columns. A tap has sixteen weights, one a pixel.
  public let across: LatticeWeights
  /// For each row of pixels, the lattice's rows. A tap has one weight.
  public let down: LatticeWeights

  @inlinable
  public init(
    x: UnsafePointer<Float>, y: UnsafePointer<Float>, rows: Int, columns: Int, across: LatticeWeights,
    down: LatticeWeights
  ) {
    (self.x, self.y, self.rows, self.columns) = (x, y, rows, columns)
    (self.across, self.down) = (across, down)
  }
}
