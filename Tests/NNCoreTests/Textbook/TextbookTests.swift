import NNCore
import Testing

/// The course's functions against the same in NumPy, see make-course.py.
@Suite struct TextbookTests {
  private static let tolerance = 1e-12
  private let course: Figures

  init() throws {
    course = try Fixtures.figures("course")
  }

  private func layers(_ figures: Figures) -> [LayerParameters] {
    figures.items.map { LayerParameters(W: $0["W"].matrix, b: $0["b"].doubles) }
  }

  private func expectEqual(_ got: [LayerParameters], _ wanted: [LayerParameters], _ what: String) {
    #expect(got.count == wanted.count)
    for (index, (layer, goal)) in zip(got, wanted).enumerated() {
      expectClose(layer.W, goal.W, within: Self.tolerance, "\(what) W\(index + 1)")
      expectClose(layer.b, goal.b, within: Self.tolerance, "\(what) b\(index + 1)")
    }
  }

  private func parameters(_ gradients: [LayerGradients]) -> [LayerParameters] {
    gradients.map { LayerParameters(W: $0.dW, b: $0.db) }
  }

  @Test func activations() {
    let (Z, wide) = (course["Z"].matrix, course["wide"].matrix)
    expectClose(sigmoid(Z).H, course["sigmoid"].matrix, within: Self.tolerance)
    expectClose(relu(wide).H, course["relu"].matrix, within: Self.tolerance)
    expectClose(softmax(wide).H, course["softmax"].matrix, within: Self.tolerance)
    #expect(sigmoid(Z).memory == Z)
    #expect(relu(wide).memory == wide)
    #expect(softmax(wide).memory == wide)
  }

  @Test(arguments: [LayerActivation.sigmoid, .relu])
  func layerForwardAndBackward(_ activation: LayerActivation) {
    let layer = course["layer"]
    let wanted = layer["\(activation)"]
    let (Hprev, W, b) = (layer["H_prev"].matrix, layer["W"].matrix, layer["b"].doubles)
    let (H, memory) = layerForward(Hprev, W: W, b: b, activation: activation)
    expectClose(H, wanted["H"].matrix, within: Self.tolerance)
    #expect(memory.Hprev == Hprev && memory.W == W && memory.b == b)

    let dH = layer["dH"].matrix
    let dZ = activation == .relu ? reluBackward(dH, memory: memory.Z) : sigmoidBackward(dH, memory: memory.Z)
    expectClose(dZ, wanted["dZ"].matrix, within: Self.tolerance)
    let back = layerBackward(dH, memory: memory, activation: activation)
    expectClose(back.dHprev, wanted["dH_prev"].matrix, within: Self.tolerance)
    expectClose(back.dW, wanted["dW"].matrix, within: Self.tolerance)
    expectClose(back.db, wanted["db"].doubles, within: Self.tolerance)
  }

  @Test(arguments: [LayerActivation.relu, .sigmoid])
  func wholeModel(_ hidden: LayerActivation) {
    let small = course["small"]
    let wanted = small["\(hidden)"]
    let (X, dimensions, rate) = (small["X"].matrix, small["dimensions"].ints, small["rate"].double)
    let Y = oneHot(small["labels"].ints, classes: 4)

    let start = initializeParameters(dimensions)
    expectEqual(start, layers(small["start"]), "start")
    let (HL, memories) = modelForward(X, start, hidden: hidden)
    expectClose(HL, wanted["HL"].matrix, within: Self.tolerance)
    expectClose([computeLoss(HL, Y)], [wanted["losses"].doubles[0]], within: Self.tolerance)
    let gradients = modelBackward(HL, Y, memories, hidden: hidden)
    expectEqual(parameters(gradients), layers(wanted["gradients"]), "gradient")
    let updated = updateParameters(start, gradients, learningRate: rate)
    expectEqual(updated, layers(wanted["updated"]), "updated")

    var losses: [Double] = []
    let trained = trainModel(X, Y, dimensions: dimensions, learningRate: rate, iterations: 8, hidden: hidden) {
      #expect($0 == losses.count)
      losses.append($1)
    }
    expectClose(losses, wanted["losses"].doubles, within: Self.tolerance)
    expectEqual(trained, layers(wanted["parameters"]), "trained")
  }

  @Test func lossOfCertainAnswers() {
    // 0 · log 0 is 0; a certain and wrong answer costs without bound.
    #expect(computeLoss(Matrix([[1], [0]]), Matrix([[1], [0]])) == 0)
    #expect(computeLoss(Matrix([[1], [0]]), Matrix([[0], [1]])) == .infinity)
  }

  @Test(.enabled(if: MNIST.isThere, "MNIST_DIR is not set"))
  func figuresOnMNIST() throws {
    let wanted = course["mnist"]
    let train = try MNIST.pickled(.train)
    #expect(train.count == 50_000 && train.scale == Scale(numerator: 1, denominator: 256))

    let (X, Y) = (train.columns(10..<20), train.answers(10..<20))
    let (HL, memories) = modelForward(X, initializeParameters([784, 3, 7, 10]))
    expectClose(HL, wanted["HL"].matrix, within: Self.tolerance)
    let gradients = Array(modelBackward(HL, Y, memories).dropFirst())
    expectEqual(parameters(gradients), layers(wanted["last_gradients"]), "gradient")

    var random = RandomState(seed: 2)
    let answers = Matrix(rows: 10, columns: 5, elements: random.rand(50))
    expectClose([computeLoss(answers, train.answers(10..<15))], [wanted["rand_loss"].double], within: Self.tolerance)

    var losses: [Double] = []
    _ = trainModel(train.columns(0..<5000), train.answers(0..<5000), dimensions: [784, 45, 10], iterations: 3) {
      losses.append($1)
    }
    expectClose(losses, wanted["model_losses"].doubles, within: Self.tolerance)
  }
}
