/// What a textbook layer applies to its pre-activations.
package enum LayerActivation: Sendable {
  case relu, sigmoid, softmax
}
