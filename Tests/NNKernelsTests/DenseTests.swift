import Foundation
import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct DenseTests {
  static let shapes = [
    (1, 1, 1), (2, 7, 15), (5, 15, 16), (6, 16, 17), (7, 17, 33), (13, 63, 64), (12, 65, 63), (17, 64, 65),
    (65, 7, 130),
    (63, 130, 1),
  ]

  @Test(arguments: instructionSets)
  func forwardEqualsPlainLoops(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (rows, inputs, outputs) in Self.shapes {
      let inputStride = inputs + 3
      let source = GuardedBuffer<Float>((rows - 1) * inputStride + inputs, seed: 1)
      let weights = GuardedPanels(rows: inputs + 1, columns: outputs, seed: 2)
      let outputStride = weights.count * lanes + 5
      let results = GuardedBuffer<Float>((rows - 1) * outputStride + weights.count * lanes)
      kernels.denseForward(
        Rows(start: source.start, stride: inputStride, count: rows), inputCount: inputs,
        layer: weights.layer(inputs: inputs, .relu),
        outputs: MutableRows(start: results.start, stride: outputStride, count: rows))
      for row in 0..<rows {
        for output in 0..<outputs {
          let sum = (0..<inputs).reduce(weights[inputs, output]) {
            $0 + source.start[row * inputStride + $1] * weights[$1, output]
          }
          #expect(abs(results.start[row * outputStride + output] - max(0, sum)) <= tolerance(inputs))
        }
      }
      #expect(results.isIntact)
    }
  }

  @Test(arguments: instructionSets)
  func backwardEqualsPlainLoops(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (rows, inputs, outputs) in Self.shapes {
      for activation in [OutputActivation.relu, .sigmoid, .tanh, .leakyReLU, .gelu] {
        let gradients = GuardedPanels(rows: rows, columns: outputs, seed: 3)
        let transposed = GuardedPanels(rows: gradients.count * lanes, columns: inputs, seed: 4)
        for row in outputs..<transposed.rows { for column in 0..<inputs { transposed[row, column] = 0 } }
        let outputStride = transposed.count * lanes + 2
        let given = GuardedBuffer<Float>((rows - 1) * outputStride + transposed.count * lanes, seed: 5)
        let target = GuardedPanels(rows: rows, columns: inputs, seed: 6)
        kernels.denseBackward(
          gradients.panels, outputCount: outputs, transposed: transposed.panels,
          previous: (outputs: Rows(start: given.start, stride: outputStride, count: rows), activation: activation),
          targets: target.mutablePanels)
        for row in 0..<rows {
          for input in 0..<inputs {
            let sum = (0..<outputs).reduce(Float(0)) { $0 + gradients[row, $1] * transposed[$1, input] }
            let h = given.start[row * outputStride + input]
            let expected =
              switch activation {
              case .sigmoid: sum * h * (1 - h)
              case .tanh: sum * (1 - h * h)
              case .leakyReLU: h > 0 ? sum : sum * 0.01
              case .gelu: sum * h
              default: h > 0 ? sum : 0
              }
            #expect(abs(target[row, input] - expected) <= 2 * tolerance(outputs))
          }
        }
        #expect(target.buffer.isIntact && target.hasCleanPadding)
      }
    }
  }

  @Test(arguments: instructionSets, [UpdateRule.Form.plain, .momentum, .nesterov, .adaptive])
  func updateEqualsPlainLoops(_ set: InstructionSet, _ form: UpdateRule.Form) throws {
    let kernels = try #require(set.kernels)
    var rule = UpdateRule(form, rate: 0.1)
    (rule.beta1, rule.beta2, rule.oneMinusBeta1, rule.oneMinusBeta2) = (0.9, 0.99, 0.1, 0.01)
    (rule.epsilon, rule.secondScale, rule.gradientDecay, rule.weightFactor) = (1e-3, 1.5, 0.02, 0.97)
    for (examples, inputs, outputs) in Self.shapes {
      let source = GuardedBuffer<Float>(examples * (inputs + 5), seed: 7)
      let gradients = GuardedPanels(rows: examples, columns: outputs, seed: 8)
      let matrices = (9..<12).map { GuardedPanels(rows: inputs, columns: outputs, seed: $0) }
      for index in 0..<matrices[2].buffer.count {
        matrices[2].buffer.start[index] = abs(matrices[2].buffer.start[index])
      }
      let before = matrices.map { matrix in
        (0..<inputs).map { row in (0..<outputs).map { matrix[row, $0] } }
      }
      let transposed = GuardedPanels(rows: gradients.count * lanes, columns: inputs, seed: 12)
      kernels.denseUpdate(
        Rows(start: source.start, stride: inputs + 5, count: examples), range: 0..<inputs, gradients: gradients.panels,
        parameters: ParameterPanels(
          weights: matrices[0].buffer.start, firstMoment: matrices[1].buffer.start,
          secondMoment: matrices[2].buffer.start, stride: matrices[0].stride, count: matrices[0].count),
        rule: rule, transposed: transposed.mutablePanels)
      for input in 0..<inputs {
        for output in 0..<outputs {
          let w = before[0][input][output]
          let g = (0..<examples).reduce(rule.gradientDecay * w) {
            $0 + source.start[$1 * (inputs + 5) + input] * gradients[$1, output]
          }
          let m = rule.beta1 * before[1][input][output]
          let v = rule.beta2 * before[2][input][output] + rule.oneMinusBeta2 * g * g
          let expected =
            switch form {
            case .plain: rule.weightFactor * w - rule.rate * g
            case .momentum: rule.weightFactor * w - rule.rate * (m + g)
            case .nesterov: rule.weightFactor * w - rule.rate * (g + rule.beta1 * (m + g))
            case .adaptive:
              rule.weightFactor * w
                - rule.rate * (m + rule.oneMinusBeta1 * g) / (v.squareRoot() * rule.secondScale + rule.epsilon)
            case .sum: w + g
            }
          #expect(abs(matrices[0][input, output] - expected) <= 10 * tolerance(examples))
          #expect(transposed[output, input] == matrices[0][input, output])
        }
      }
      #expect(matrices.allSatisfy { $0.hasCleanPadding && $0.buffer.isIntact } && transposed.buffer.isIntact)
    }
  }

  /// As by gradients that are the sums of both matrices, which then are cleared; other rows stay.
  @Test(arguments: instructionSets)
  func updateBySumsTakesBothAndClearsThem(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (rows, columns) in [(1, 1), (17, 15), (40, 33)] {
      let sums = (1...2).map { GuardedPanels(rows: rows, columns: columns, seed: UInt64($0)) }
      let weights = GuardedPanels(rows: rows, columns: columns, seed: 3)
      let transposed = GuardedPanels(rows: weights.count * lanes, columns: rows, seed: 4)
      func numbers(_ panels: GuardedPanels) -> [[Float]] {
        (0..<rows).map { row in (0..<columns).map { panels[row, $0] } }
      }
      let (before, added) = (numbers(weights), sums.map(numbers))
      let range = rows / 3..<rows
      kernels.updateBySums(
        (sums[0].buffer.start, sums[1].buffer.start), range: range, parameters: weights.parameters,
        rule: UpdateRule(.plain, rate: 0.5), transposed: transposed.mutablePanels)
      for row in 0..<rows {
        for column in 0..<columns {
          let isIn = range.contains(row)
          let gradient = isIn ? added[0][row][column] + added[1][row][column] : 0
          #expect(abs(weights[row, column] - (before[row][column] - 0.5 * gradient)) <= tolerance(1))
          if isIn { #expect(transposed[column, row] == weights[row, column]) }
          for half in 0..<2 { #expect(sums[half][row, column] == (isIn ? 0 : added[half][row][column])) }
        }
      }
      #expect(([weights, transposed] + sums).allSatisfy { $0.hasCleanPadding && $0.buffer.isIntact })
    }
  }

  /// With no inputs a layer gives activation(bias).
  @Test(arguments: instructionSets, [OutputActivation.sigmoid, .tanh, .leakyReLU])
  func activationsAreExactToAFewUnits(_ set: InstructionSet, _ activation: OutputActivation) throws {
    let kernels = try #require(set.kernels)
    var worst = 0.0
    for start in stride(from: Float(-30), to: 30, by: 0.0173) {
      let biases = GuardedBuffer<Float>(lanes)
      for lane in 0..<lanes { biases.start[lane] = start + Float(lane) * 0.001 }
      let result = GuardedBuffer<Float>(lanes)
      kernels.denseForward(
        Rows(start: biases.start, stride: 1, count: 1), inputCount: 0,
        layer: LayerPanels(
          weights: Panels(start: biases.start, stride: lanes, count: 1), biases: biases.start, activation: activation),
        outputs: MutableRows(start: result.start, stride: lanes, count: 1))
      for lane in 0..<lanes {
        let x = Double(biases.start[lane])
        let exact =
          switch activation {
          case .sigmoid: 1 / (1 + exp(-x))
          case .tanh: tanh(x)
          default: max(x, 0.01 * x)
          }
        worst = max(worst, abs(Double(result.start[lane]) - exact) / Double(Float(exact).ulp))
      }
    }
    #expect(worst <= 3)
  }
}
