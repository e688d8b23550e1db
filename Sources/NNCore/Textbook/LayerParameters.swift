/// The weights W (units × inputs) and biases b (one a unit) of a layer.
package struct LayerParameters: Sendable {
  package var W: Matrix
  package var b: [Double]

  package init(W: Matrix, b: [Double]) {
    (self.W, self.b) = (W, b)
  }
}
