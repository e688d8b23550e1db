/// The inner loops, built for one instruction set.
///
/// All sets compute the same, but for the rounding of fused products. Kernels read and write only the memory that their
/// arguments describe, allocate nothing, and check nothing: the caller sees to sizes. Unless a kernel says otherwise,
/// what it writes must not overlap what it reads. Pointers need no alignment beyond their elements'.
public protocol KernelSet: Sendable {
  // MARK: Lists of sparse inputs

  /// Lists the places below `count` where at least one of four rows of bytes is not zero, in ascending order.
  ///
  /// - Parameter entries: room for `count` entries and `listPadding` more, which may be written to.
  /// - Returns: how many entries there are.
  func listQuad(_ rows: QuadRows, count: Int, entries: UnsafeMutablePointer<QuadEntry>) -> Int

  /// Turns rows of bytes into columns: byte c of row r goes to `target[(c − columns.lowerBound) · stride + r]`.
  ///
  /// - Parameters:
  ///   - rows: where each of `count` rows starts.
  ///   - columns: the columns that are wanted.
  ///   - stride: bytes from one column of the target to the next, at least `count`.
  func transpose(
    _ rows: UnsafePointer<UnsafePointer<UInt8>>, count: Int, columns: Range<Int>, target: UnsafeMutablePointer<UInt8>,
    stride: Int)

  /// Finds, among rows of bits, the one that differs from `row` in the fewest places.
  ///
  /// - Parameters:
  ///   - next: for each row, the row to look at after it; `end` after the last.
  ///   - limit: rows to look at.
  /// - Returns: the first of the nearest, and the row before it in the order of `next`; `row` itself where there is
  ///   none to look at.
  func nearestByHammingDistance(
    to row: Int, in bits: BitRows, next: UnsafePointer<Int>, end: Int, limit: Int
  ) -> (nearest: Int, predecessor: Int)

  // MARK: The first layer on sparse inputs

  /// Takes quads of examples through a layer: activation(Σ table[byte] · weights of the place + biases).
  ///
  /// - Parameters:
  ///   - lists: a list for each quad of examples, of the inputs that are not zero.
  ///   - table: what each of the 256 byte values stands for.
  ///   - outputs: four rows a list, of as many panels as the layer has. The last quad may have fewer than four rows:
  ///     its list then repeats its last example in place of the missing ones.
  func sparseForward(_ lists: QuadRun, table: UnsafePointer<Float>, layer: LayerPanels, outputs: MutableRows)

  /// Updates the rows of weights of quads of inputs by their gradients, Σ table[byte] · gradients of the example.
  ///
  /// - Parameters:
  ///   - lists: a list for each quad of inputs, of the examples in which they are not zero. The weights of lists that
  ///     are not needed stay unchanged.
  ///   - inputs: four a list, the rows of `parameters`; negative for an input that doesn't exist.
  ///   - gradients: by the layer's pre-activations, a row an example.
  func sparseUpdate(
    _ lists: QuadRun, inputs: UnsafePointer<Int32>, table: UnsafePointer<Float>, gradients: Panels,
    parameters: ParameterPanels, rule: UpdateRule)

  // MARK: The first layer on quantised sparse inputs

  /// Quantises a matrix: each column becomes whole numbers of 16 bits, multiples of a scale by which its maximum
  /// magnitude just fits.
  ///
  /// - Parameters:
  ///   - unit: the Float that a byte of 1 stands for, by which scales are multiplied.
  ///   - errorFeedback: whether the rounding error of a number is added to the next number of its column. Where the
  ///     rows belong to pixels, whose neighbours are nearly equal, this makes up for most of the error.
  ///   - target: as many panels, of half as many rows, rounded up. The scale of a column that holds a number that is
  ///     not finite is not a number.
  func quantize(_ matrix: Panels, rows: Int, unit: Float, errorFeedback: Bool, into target: QuantizedPanels)

  /// Takes quads of examples through a layer whose weights are quantised, as `sparseForward` does with Floats.
  ///
  /// - Parameter biases: the row of biases, in panels.
  func quantizedForward(
    _ lists: PairRun, weights: QuantizedPanels, biases: Panels, activation: OutputActivation, outputs: MutableRows)

  /// Updates the rows of weights of quads of inputs by quantised gradients, as `sparseUpdate` does by Floats.
  func quantizedUpdate(
    _ lists: PairRun, inputs: UnsafePointer<Int32>, gradients: QuantizedPanels, parameters: ParameterPanels,
    rule: UpdateRule)

  // MARK: Dense layers

  /// Takes examples through a layer: activation(inputs · weights + biases).
  ///
  /// - Parameters:
  ///   - inputs: a row an example.
  ///   - outputs: as many rows, of as many panels as the layer has.
  func denseForward(_ inputs: Rows, inputCount: Int, layer: LayerPanels, outputs: MutableRows)

  /// Takes gradients back through a layer: (gradients · weightsᵀ) · activation′.
  ///
  /// - Parameters:
  ///   - gradients: by this layer's `outputCount` pre-activations, a row an example.
  ///   - transposed: the transpose of the weights, a row an output, with all outputs that the panels of `gradients`
  ///     have.
  ///   - previous: the outputs of the layer before, a row an example, and its activation; the derivatives of GELU in
  ///     place of its outputs.
  ///   - targets: gradients by the pre-activations of the layer before, as many panels as `transposed` has.
  func denseBackward(
    _ gradients: Panels, outputCount: Int, transposed: Panels, previous: (outputs: Rows, activation: OutputActivation),
    targets: MutablePanels)

  /// Updates rows of weights by inputsᵀ · gradients.
  ///
  /// - Parameters:
  ///   - inputs: a row an example.
  ///   - range: the inputs whose rows of weights are updated.
  ///   - gradients: by the layer's pre-activations, a row an example.
  ///   - transposed: where the transpose of the new weights goes, as `denseBackward` wants it; nil if it isn't needed.
  func denseUpdate(
    _ inputs: Rows, range: Range<Int>, gradients: Panels, parameters: ParameterPanels, rule: UpdateRule,
    transposed: MutablePanels?)

  /// Updates rows of weights by the sum of two matrices of gradients, and sets both to zero.
  ///
  /// - Parameters:
  ///   - sums: in panels as the parameters.
  ///   - range: the rows that are updated.
  ///   - transposed: as for `denseUpdate`.
  func updateBySums(
    _ sums: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), range: Range<Int>, parameters: ParameterPanels,
    rule: UpdateRule, transposed: MutablePanels?)

  /// Sums the squares of each column of a panel.
  ///
  /// - Parameters:
  ///   - other: a panel that is added before squaring.
  ///   - sums: room for `lanes` sums.
  func columnSquares(
    _ panel: UnsafePointer<Float>, plus other: UnsafePointer<Float>?, rows: Int, into sums: UnsafeMutablePointer<Float>)

  /// Multiplies each column of a panel of weights by its factor.
  ///
  /// - Parameters:
  ///   - panel: which of the panels.
  ///   - factors: `lanes` numbers.
  ///   - transposed: as for `denseUpdate`.
  func scaleColumns(
    _ weights: MutablePanels, panel: Int, rows: Int, by factors: UnsafePointer<Float>, transposed: MutablePanels?)

  /// Applies GELU, x · Φ(x) with Φ the standard normal distribution, in place (Hendrycks and Gimpel, 2016).
  ///
  /// - Parameters:
  ///   - outputs: a layer's pre-activations, a row an example.
  ///   - panels: panels of outputs a row.
  ///   - derivatives: where Φ(x) + x · φ(x) goes, for `denseBackward`; nil if it isn't needed.
  func applyGELU(_ outputs: MutableRows, panels: Int, derivatives: MutableRows?)

  // MARK: Dropout

  /// Draws which outputs of a layer are dropped, and multiplies the outputs by 0 or by the rate's gain.
  ///
  /// - Parameters:
  ///   - panels: panels of outputs a row.
  ///   - keys: for each row, what its random bits are made of.
  ///   - dropped: where the products go; the outputs' own place will do.
  ///   - masks: where the factors go.
  func dropOut(
    _ outputs: Rows, panels: Int, keys: UnsafePointer<UInt32>, rate: DropoutRate, dropped: MutableRows,
    masks: MutableRows)

  /// Multiplies gradients by a layer's pre-activations by the masks of its outputs, a row an example.
  func applyMasks(_ masks: Rows, to gradients: MutablePanels)

  // MARK: The loss

  /// Turns rows of logits z into probabilities p, or into the gradient of the mean cross-entropy by the logits,
  /// (p − y) · `gradientScale`, where y is 1 for the label and else 0.
  ///
  /// - Parameters:
  ///   - labels: the right class of each row, if it is known.
  ///   - answers: room for an answer a row.
  ///   - gradientScale: 1 / m for the gradient over m examples, which needs labels; nil for probabilities.
  ///   - targets: where the results go; the logits' own place will do.
  func softmax(
    _ logits: Rows, classCount: Int, labels: UnsafePointer<Int32>?, answers: UnsafeMutablePointer<Answer>,
    gradientScale: Float?, targets: SoftmaxTargets)

  // MARK: Pictures

  /// Draws a picture of bytes distorted, by linear interpolation; around it there is nothing. All sets compute the same
  /// bytes: no product is fused.
  ///
  /// - Parameters:
  ///   - picture: rows · columns pixels, fewer than 2³¹.
  ///   - target: room for as many.
  func distort(
    _ picture: UnsafePointer<UInt8>, _ distortion: PictureDistortion, into target: UnsafeMutablePointer<UInt8>)

  // MARK: The processor's limit

  /// Multiplies and adds in registers alone, which is as fast as the processor can: `peakProducts` products a round.
  ///
  /// - Returns: the sum, so that the work is not left out.
  func multiplyAddPeak(rounds: Int) -> Float

  /// Multiply-adds in a round of `multiplyAddPeak`.
  var peakProducts: Int { get }
}
