import NNKernelTypes

/// Where gradients by a layer's weights go, from a reduction half of the batch: into the weights by the optimiser's
/// rule, or, where the batch has two halves, into the sums of this half.
struct UpdateTarget {
  let half: Int
  /// The workers that share the half's work.
  let team: Range<Int>
  /// The panels that the worker updates.
  let panels: Range<Int>
  /// The parameters of these panels.
  let parameters: ParameterPanels
  let rule: UpdateRule
}
