/// For each of some runs of pixels, which points of a lattice count along one direction, and how much.
@frozen
public struct LatticeWeights {
  /// For each run, the first of its points.
  public let firsts: UnsafePointer<Int32>
  /// The weights of a run's points, run after run.
  public let weights: UnsafePointer<Float>
  /// Points a run.
  public let taps: Int

  @inlinable
  public init(firsts: UnsafePointer<Int32>, weights: UnsafePointer<Float>, taps: Int) {
    (self.firsts, self.weights, self.taps) = (firsts, weights, taps)
  }
}
