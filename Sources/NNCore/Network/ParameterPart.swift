/// The two kinds of a layer's parameters, by the names that PyTorch gives their tensors.
package enum ParameterPart: String, CaseIterable, Sendable {
  case weights = "weight"
  case biases = "bias"
}
