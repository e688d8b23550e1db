/// What the backward pass of a layer needs of its forward pass.
package struct LayerMemory: Sendable {
  package let Hprev: Matrix
  package let W: Matrix
  package let b: [Double]
  package let Z: Matrix
}
