/// What a network's logits say of an example.
@frozen
public struct Answer {
  /// The class of the maximum logit, the first of several.
  public var best: Int32
  /// The maximum logit less the label's logit; 0 without a label.
  public var margin: Float
  /// Σ exp(logit − maximum logit): −log p(label) is log `sum` + `margin`.
  public var sum: Float

  @inlinable
  public init(best: Int32, margin: Float, sum: Float) {
    (self.best, self.margin, self.sum) = (best, margin, sum)
  }
}
