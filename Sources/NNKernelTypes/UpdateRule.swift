/// One step of an optimiser, as PyTorch defines SGD, Adam and AdamW.
///
/// With g the gradient plus `gradientDecay` · w, and w first multiplied by `weightFactor`:
/// - plain form: w ← w − `rate` · g;
/// - momentum form: m ← `beta1` · m + g, w ← w − `rate` · m;
/// - nesterov form: m ← `beta1` · m + g, w ← w − `rate` · (g + `beta1` · m);
/// - adaptive form: m ← `beta1` · m + `oneMinusBeta1` · g, v ← `beta2` · v + `oneMinusBeta2` · g²,
///   w ← w − `rate` · m / (√v · `secondScale` + `epsilon`);
/// - sum form: w ← w + g, without decay, for gradients that are summed in place of w.
@frozen
public struct UpdateRule {
  @frozen
  public enum Form {
    case plain, momentum, nesterov, adaptive, sum
  }

  public var form: Form
  public var rate: Float
  public var beta1: Float = 0
  public var beta2: Float = 0
  public var oneMinusBeta1: Float = 0
  public var oneMinusBeta2: Float = 0
  public var epsilon: Float = 0
  public var secondScale: Float = 1
  public var gradientDecay: Float = 0
  public var weightFactor: Float = 1
  /// What gradients that were summed in memory are multiplied by before all else.
  public var sumScale: Float = 1

  @inlinable
  public init(_ form: Form, rate: Float = 0) {
    (self.form, self.rate) = (form, rate)
  }

  /// Whether a gradient of zero leaves parameters whose moments are zero unchanged, so that the update can be skipped.
  @inlinable
  public var skipsZeroGradients: Bool { gradientDecay == 0 && weightFactor == 1 }
}
