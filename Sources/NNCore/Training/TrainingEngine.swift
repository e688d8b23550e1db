/// What the trainer needs of an implementation of the network's arithmetic.
package protocol TrainingEngine: AnyObject {
  /// One update from the examples at `places`.
  ///
  /// - Parameter upcoming: those of the step after this one, as far as they are known, to be fetched in good time.
  /// - Returns: the score on them of the parameters before the update.
  func step(at places: ArraySlice<Int>, learningRate: Double, upcoming: ArraySlice<Int>) -> Score

  /// The score of the parameters as they are on the labelled examples of `dataset` at `places`.
  func score(_ dataset: Dataset, at places: [Int]) -> Score

  /// The parameters as they are.
  var layers: [Layer] { get }

  /// What the optimiser remembers between steps, by name; empty if it remembers nothing.
  var optimizerTensors: [String: Safetensors.Tensor] { get }

  /// Updates done so far.
  var stepCount: Int { get }
}
