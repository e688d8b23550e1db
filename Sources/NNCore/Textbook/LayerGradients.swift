/// The gradients of the loss by a layer's weights (units × inputs) and biases (one a unit).
package struct LayerGradients: Sendable {
  package var dW: Matrix
  package var db: [Double]
}
