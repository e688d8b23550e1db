import NNCore
import NNKernelTypes

/// A kernel at a size, and the floating-point operations that count for it.
struct KernelCases {
  let kernel: String
  let name: String
  /// Operations a second.
  let run: (any KernelSet, Stopwatch) -> Double

  /// Operations in a round of `multiplyAddPeak`.
  static func peakWork(_ kernels: any KernelSet) -> Double { Double(2 * kernels.peakProducts) }

  static var all: [KernelCases] {
    let cubes = [64, 128, 256, 512, 1024].flatMap { [forward($0, $0, $0), backward($0, $0, $0), update($0, $0, $0)] }
    let training = [(128, 784, 128), (128, 128, 10), (128, 512, 256)].flatMap {
      [forward($0.0, $0.1, $0.2), backward($0.0, $0.1, $0.2), update($0.0, $0.1, $0.2)]
    }
    let sparse = [5, 10, 19, 30, 50, 75, 100].flatMap {
      [
        sparseForward(density: $0), sparseUpdate(density: $0), quantizedForward(density: $0),
        quantizedUpdate(density: $0),
      ]
    }
    return cubes + training + sparse
  }

  /// Outputs = inputs · weights: rows × inputs × outputs, the NN product.
  private static func forward(_ rows: Int, _ inputs: Int, _ outputs: Int) -> KernelCases {
    KernelCases(kernel: "dense forward", name: "\(rows)x\(inputs)x\(outputs)") { kernels, stopwatch in
      let (panels, stride) = (padded(outputs) / lanes, (inputs + 2) * lanes)
      let (source, weights) = (numbers(rows * (padded(inputs) + lanes)), numbers(panels * stride))
      var results = numbers(rows * (padded(outputs) + lanes))
      return stopwatch.rate(work: 2 * Double(rows * inputs * outputs)) {
        kernels.denseForward(
          Rows(start: source, stride: padded(inputs) + lanes, count: rows), inputCount: inputs,
          layer: layer(weights, stride, panels),
          outputs: MutableRows(start: &results, stride: padded(outputs) + lanes, count: rows))
      }
    }
  }

  /// Gradients · weightsᵀ: rows × outputs × inputs, the NT product.
  private static func backward(_ rows: Int, _ inputs: Int, _ outputs: Int) -> KernelCases {
    KernelCases(kernel: "dense backward", name: "\(rows)x\(outputs)x\(inputs)") { kernels, stopwatch in
      let (panels, gradientPanels) = (padded(inputs) / lanes, padded(outputs) / lanes)
      let gradients = numbers(gradientPanels * (rows + 1) * lanes)
      let transposed = numbers(panels * (padded(outputs) + 2) * lanes)
      let given = numbers(rows * (padded(inputs) + lanes))
      var targets = numbers(panels * (rows + 1) * lanes)
      return stopwatch.rate(work: 2 * Double(rows * inputs * outputs)) {
        kernels.denseBackward(
          Panels(start: gradients, stride: (rows + 1) * lanes, count: gradientPanels), outputCount: outputs,
          transposed: Panels(start: transposed, stride: (padded(outputs) + 2) * lanes, count: panels),
          previous: (
            outputs: Rows(start: given, stride: padded(inputs) + lanes, count: rows), activation: OutputActivation.relu
          ),
          targets: MutablePanels(start: &targets, stride: (rows + 1) * lanes, count: panels))
      }
    }
  }

  /// Weights −= rate · inputsᵀ · gradients: inputs × examples × outputs, the TN product.
  private static func update(_ examples: Int, _ inputs: Int, _ outputs: Int) -> KernelCases {
    KernelCases(kernel: "dense update", name: "\(inputs)x\(examples)x\(outputs)") { kernels, stopwatch in
      let panels = padded(outputs) / lanes
      let source = numbers(examples * (padded(inputs) + lanes))
      let gradients = numbers(panels * (examples + 1) * lanes)
      var weights = numbers(panels * (inputs + 2) * lanes)
      return stopwatch.rate(work: 2 * Double(examples * inputs * outputs)) {
        weights.withUnsafeMutableBufferPointer { buffer in
          let start = buffer.baseAddress!
          kernels.denseUpdate(
            Rows(start: source, stride: padded(inputs) + lanes, count: examples), range: 0..<inputs,
            gradients: Panels(start: gradients, stride: (examples + 1) * lanes, count: panels),
            parameters: ParameterPanels(weights: start, stride: (inputs + 2) * lanes, count: panels),
            rule: UpdateRule(.plain, rate: 1e-9), transposed: nil)
        }
      }
    }
  }

  /// 784 → 128 forward on 64 examples; what counts are the products with pixels that are not zero.
  private static func sparseForward(density: Int) -> KernelCases {
    KernelCases(kernel: "sparse forward", name: "784x128 at \(density) %") { kernels, stopwatch in
      let (inputs, outputs, rows) = (784, 128, 64)
      let (panels, stride) = (outputs / lanes, (inputs + 2) * lanes)
      let (weights, table) = (numbers(panels * stride), numbers(256))
      let lists = Lists(kernels, count: rows / 4, width: inputs, density: density)
      var results = numbers(rows * (outputs + lanes))
      return stopwatch.rate(work: Double(lists.nonZeros * outputs * 2)) {
        lists.withRun { run in
          kernels.sparseForward(
            run, table: table, layer: layer(weights, stride, panels),
            outputs: MutableRows(start: &results, stride: outputs + lanes, count: rows))
        }
      }
    }
  }

  /// 784 rows of weights updated over 128 examples.
  private static func sparseUpdate(density: Int) -> KernelCases {
    KernelCases(kernel: "sparse update", name: "784x128 at \(density) %") { kernels, stopwatch in
      let (inputs, outputs, examples) = (784, 128, 128)
      let (panels, stride) = (outputs / lanes, (inputs + 2) * lanes)
      let (gradients, table) = (numbers(panels * (examples + 1) * lanes), numbers(256))
      var weights = numbers(panels * stride)
      let lists = Lists(kernels, count: inputs / 4, width: examples, density: density)
      let updated = (0..<Int32(inputs)).map { $0 }
      return stopwatch.rate(work: Double(lists.nonZeros * outputs * 2)) {
        weights.withUnsafeMutableBufferPointer { buffer in
          let start = buffer.baseAddress!
          lists.withRun { run in
            kernels.sparseUpdate(
              run, inputs: updated, table: table,
              gradients: Panels(start: gradients, stride: (examples + 1) * lanes, count: panels),
              parameters: ParameterPanels(weights: start, stride: stride, count: panels),
              rule: UpdateRule(.plain, rate: 1e-9))
          }
        }
      }
    }
  }

  /// As `sparseForward`, quantised and on a block of a large batch. Products count as products of Floats, so that there
  /// may be more of them than the peak.
  private static func quantizedForward(density: Int) -> KernelCases {
    KernelCases(kernel: "quantized forward", name: "784x128 at \(density) %") { kernels, stopwatch in
      let (inputs, outputs, rows) = (784, 128, 1024)
      let (panels, stride) = (outputs / lanes, (inputs + 2) * lanes)
      let lists = Lists(kernels, count: rows / 4, width: inputs, density: density)
      let (weights, memory) = (numbers(panels * stride), QuantizedPanelBuffer(rows: inputs, panels: panels))
      var results = numbers(rows * (outputs + lanes))
      return stopwatch.rate(work: Double(lists.nonZeros * outputs * 2)) {
        let source = Panels(start: weights, stride: stride, count: panels)
        kernels.quantize(source, rows: inputs, unit: 1, errorFeedback: true, into: memory.panels())
        kernels.quantizedForward(
          lists.pairs.run(0..<lists.pairs.count), weights: memory.panels(), biases: source, activation: .relu,
          outputs: MutableRows(start: &results, stride: outputs + lanes, count: rows))
      }
    }
  }

  /// As `sparseUpdate`, quantised and on a block of a large batch.
  private static func quantizedUpdate(density: Int) -> KernelCases {
    KernelCases(kernel: "quantized update", name: "784x128 at \(density) %") { kernels, stopwatch in
      let (inputs, outputs, examples) = (784, 128, 1024)
      let (panels, stride) = (outputs / lanes, (inputs + 2) * lanes)
      let lists = Lists(kernels, count: inputs / 4, width: examples, density: density)
      let gradients = numbers(panels * (examples + 1) * lanes)
      let memory = QuantizedPanelBuffer(rows: examples, panels: panels)
      var sums = numbers(panels * stride)
      let updated = (0..<Int32(inputs)).map { $0 }
      return stopwatch.rate(work: Double(lists.nonZeros * outputs * 2)) {
        sums.withUnsafeMutableBufferPointer { buffer in
          kernels.quantize(
            Panels(start: gradients, stride: (examples + 1) * lanes, count: panels), rows: examples, unit: 1,
            errorFeedback: false, into: memory.panels())
          kernels.quantizedUpdate(
            lists.pairs.run(0..<lists.pairs.count), inputs: updated, gradients: memory.panels(),
            parameters: ParameterPanels(weights: buffer.baseAddress!, stride: stride, count: panels),
            rule: UpdateRule(.sum))
        }
      }
    }
  }

  /// A layer whose first row of weights are its biases too.
  private static func layer(_ weights: UnsafePointer<Float>, _ stride: Int, _ panels: Int) -> LayerPanels {
    LayerPanels(
      weights: Panels(start: weights, stride: stride, count: panels), biases: weights, activation: .relu)
  }

  private static func padded(_ count: Int) -> Int { (count + lanes - 1) / lanes * lanes }

  private static func numbers(_ count: Int) -> [Float] {
    var random = RandomState(seed: 1)
    let some = random.rand(min(count, 4096)).map(Float.init)
    return (0..<count).map { some[$0 % some.count] - 0.5 }
  }
}

/// Lists of quads of rows that are not zero in strokes, as digits are, and the same lists in pairs.
private struct Lists {
  private var entries: [QuadEntry] = []
  private var starts = [0]
  private(set) var pairs = PairLists()
  private(set) var nonZeros = 0

  init(_ kernels: any KernelSet, count: Int, width: Int, density: Int) {
    let stroke = 6
    for seed in 0..<count {
      var random = RandomState(seed: UInt32(seed))
      let strokes = (0..<width / stroke + 1).map { _ in random.uniform() * 100 < Double(density) }
      // Each row lacks other strokes of the first, a fifth of them, and has others instead.
      let rows = (0..<4).flatMap { member in
        (0..<width).map { place in
          let isInk = strokes[place / stroke] != (member > 0 && density < 100 && place / stroke % 5 == member)
          return isInk ? UInt8(1 + random.integer(through: 254)) : 0
        }
      }
      var list = Array(repeating: QuadEntry(0), count: width + listPadding)
      let found = rows.withUnsafeBufferPointer { bytes in
        let start = bytes.baseAddress!
        let quad = QuadRows(start, start + width, start + 2 * width, start + 3 * width)
        pairs.append(quad, width: width, kernels: kernels)
        return kernels.listQuad(quad, count: width, entries: &list)
      }
      entries += list.prefix(found)
      starts += Array(repeating: entries.count, count: QuadRun.parts)
      nonZeros += rows.count { $0 != 0 }
    }
  }

  func withRun(_ body: (QuadRun) -> Void) {
    entries.withUnsafeBufferPointer { entries in
      starts.withUnsafeBufferPointer { starts in
        body(QuadRun(entries: entries.baseAddress!, starts: starts.baseAddress!, count: starts.count / QuadRun.parts))
      }
    }
  }
}
