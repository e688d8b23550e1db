/// An implementation of the network's arithmetic, as the trainer uses it.
package protocol TrainingEngine: AnyObject {
  /// Does one update on the examples at `places`.
  ///
  /// - Parameter upcoming: the places of the next step's examples, if they are known, so that these can be prefetched.
  /// - Returns: the score of the examples before the update.
  func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score

  /// The score of the present parameters on the labelled examples of `dataset` at `places`.
  func score(_ dataset: Dataset, at places: [Int]) -> Score

  /// The present parameters.
  var layers: [Layer] { get }

  /// The state of the optimiser, by the names of a checkpoint's tensors; empty if it has none.
  var optimizerTensors: [String: Safetensors.Tensor] { get }

  /// Updates done so far.
  var stepCount: Int { get }
}
