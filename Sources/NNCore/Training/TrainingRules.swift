/// What goes beyond plain gradient descent on the cross-entropy: a plan's regularisation, ready for an engine to apply
/// to a network and its data.
package struct TrainingRules: Sendable {
  /// Nil for plain cross-entropy.
  let loss: TrainingLoss?
  /// Nil without teachers.
  let teaching: Teaching?
  /// Nil if nothing is dropped.
  let dropout: Dropout?
  /// As in `Regularization`.
  let clipNorm: Double
  let maxNorm: Double
  let average: Double

  /// Nothing beyond.
  package static let none = TrainingRules()

  private init() {
    (loss, teaching, dropout, clipNorm, maxNorm, average) = (nil, nil, nil, .infinity, .infinity, 0)
  }

  /// - Parameters:
  ///   - labels: of the data.
  ///   - places: where the training examples are in the data.
  /// - Precondition: lists of class weights and dropout are as long as the network has classes and hidden layers.
  package init(_ plan: TrainingPlan, for network: Network, labels: [UInt16], at places: [Int]) {
    let regularization = plan.regularization
    teaching = plan.teaching.digests.isEmpty ? nil : plan.teaching
    loss = TrainingLoss(
      smoothing: regularization.labelSmoothing,
      classWeights: regularization.classWeights?.weights(
        classCount: network.classCount, labels: labels, places: places),
      classCount: network.classCount, isMixed: teaching != nil)
    dropout = Dropout(
      seed: plan.seed, inputRate: regularization.inputDropout, rates: regularization.dropout,
      hiddenLayers: network.layers.count - 1)
    (clipNorm, maxNorm) = (regularization.clipNorm, regularization.maxNorm)
    average = regularization.average
  }

  /// By what a gradient of that norm is multiplied, as PyTorch's `clip_grad_norm_` does.
  func clipFactor(norm: Double) -> Double { norm.isNaN ? norm : min(1, clipNorm / (norm + 1e-6)) }

  /// By what a neuron's incoming weights of that norm are multiplied, as PyTorch's `renorm` does.
  func boundFactor(norm: Double) -> Double { norm > maxNorm ? maxNorm / (norm + 1e-7) : 1 }
}
