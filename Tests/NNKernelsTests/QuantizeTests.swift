import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct QuantizeTests {
  /// A quantised matrix, with guards around it.
  private struct Quantized {
    let words: GuardedBuffer<Int32>
    let scales: GuardedBuffer<Float>
    let panels: QuantizedPanels

    init(
      _ kernels: any KernelSet, _ source: GuardedPanels, rows: Int? = nil, unit: Float = 1, errorFeedback: Bool
    ) {
      let rows = rows ?? source.rows
      words = GuardedBuffer((rows + 1) / 2 * source.count * lanes)
      scales = GuardedBuffer(source.count * lanes)
      panels = QuantizedPanels(
        words: words.start, scales: scales.start, stride: (rows + 1) / 2 * lanes, count: source.count)
      kernels.quantize(source.panels, rows: rows, unit: unit, errorFeedback: errorFeedback, into: panels)
    }

    /// The whole number that stands for an element.
    subscript(row: Int, column: Int) -> Int {
      let word = words.start[column / lanes * panels.stride + row / 2 * lanes + column % lanes]
      return Int(Int16(truncatingIfNeeded: row % 2 == 0 ? word : word >> 16))
    }
  }

  @Test(arguments: instructionSets, [false, true])
  func columnsAreWholeMultiplesOfTheirScale(_ set: InstructionSet, errorFeedback: Bool) throws {
    let kernels = try #require(set.kernels)
    for (rows, columns) in [(1, 1), (2, 16), (7, 17), (15, 33), (64, 48), (65, 63), (784, 45)] {
      let source = GuardedPanels(rows: rows, columns: columns, seed: 3)
      for row in 0..<rows { source[row, columns - 1] *= 1e-20 }
      let quantized = Quantized(kernels, source, unit: 0.5, errorFeedback: errorFeedback)
      for column in 0..<columns {
        let most = (0..<rows).map { abs(source[$0, column]) }.max()!
        let scale = Double(most) / 32766
        #expect(abs(Double(quantized.scales.start[column]) / (0.5 * scale) - 1) < 1e-6)
        // What is lost: a half at the most, by each number or, if it is carried over, by all up to any, but for the
        // rounding of Floats.
        var lost = 0.0
        for row in 0..<rows {
          #expect(abs(quantized[row, column]) <= 32767)
          let error = Double(source[row, column]) / scale - Double(quantized[row, column])
          lost = errorFeedback ? lost + error : error
          #expect(abs(lost) < 0.5 + (errorFeedback ? 0.1 : 0.01), "row \(row)")
        }
      }
      #expect(quantized.words.isIntact && quantized.scales.isIntact)
    }
  }

  @Test(arguments: instructionSets)
  func columnsOfZerosAndOfNoNumbers(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let source = GuardedPanels(rows: 9, columns: 4, seed: 4)
    for row in 0..<9 { source[row, 0] = 0 }
    (source[3, 1], source[8, 2]) = (.nan, -.infinity)
    for errorFeedback in [false, true] {
      let scales = Quantized(kernels, source, errorFeedback: errorFeedback).scales.elements
      #expect(scales[0] == 0 && scales[1].isNaN && scales[2].isNaN && scales[3].isFinite)
    }
  }

  /// Lists of pairs of places in quads of rows. The last row repeats in place of rows that the last quad lacks.
  private struct Pairs {
    let entries: GuardedBuffer<QuadEntry>
    let places: GuardedBuffer<UInt32>
    let starts: GuardedBuffer<Int>

    init(_ rows: [GuardedBuffer<UInt8>], width: Int) {
      var (allEntries, allPlaces, allStarts): ([QuadEntry], [UInt32], [Int]) = ([], [], [0])
      for quad in 0..<(rows.count + 3) / 4 {
        var parts: [[(QuadEntry, UInt32)]] = [[], [], []]
        for pair in 0..<(width + 1) / 2 {
          var entry: QuadEntry = 0
          for member in 0..<4 {
            let row = rows[min(4 * quad + member, rows.count - 1)].start
            for side in 0..<2 where 2 * pair + side < width {
              entry |= QuadEntry(row[2 * pair + side]) << QuadEntry(16 * member + 8 * side)
            }
          }
          guard entry != 0 else { continue }
          parts[entry >> 32 == 0 ? 1 : entry & 0xffff_ffff == 0 ? 2 : 0].append((entry, UInt32(pair)))
        }
        for part in parts {
          allEntries += part.map(\.0)
          allPlaces += part.map(\.1)
          allStarts.append(allEntries.count)
        }
      }
      entries = GuardedBuffer(allEntries)
      places = GuardedBuffer(allPlaces)
      starts = GuardedBuffer(allStarts)
    }

    func run(needed: UnsafePointer<Bool>? = nil) -> PairRun {
      let lists = QuadRun(
        entries: entries.start, starts: starts.start, count: starts.count / QuadRun.parts, needed: needed)
      return PairRun(lists: lists, places: places.start)
    }
  }

  /// Rows of bytes: random, with every fourth all zero, or all 255.
  private static func bytes(_ rows: Int, width: Int, isLarge: Bool) -> [GuardedBuffer<UInt8>] {
    (0..<rows).map { row in
      let buffer = GuardedBuffer<UInt8>(width)
      var numbers = Numbers(seed: UInt64(row))
      for place in 0..<width {
        buffer.start[place] = isLarge ? 255 : row % 4 == 3 || numbers.bits() % 3 > 0 ? 0 : UInt8(numbers.bits() & 0xff)
      }
      return buffer
    }
  }

  private static func sum(_ products: [Int], _ scale: Float) -> Float {
    Float(Double(products.reduce(0, +)) * Double(scale))
  }

  /// What the Floats that whole sums become may be off by.
  private static func tolerance(_ products: [Int], _ scale: Float) -> Float {
    2e-7 * (4 + Float(products.reduce(0) { $0 + abs($1) }) * scale)
  }

  /// Where sums of whole numbers would overflow, too.
  @Test(arguments: instructionSets, [false, true])
  func forwardEqualsPlainLoops(_ set: InstructionSet, isLarge: Bool) throws {
    let kernels = try #require(set.kernels)
    for (count, inputs) in [(1, 1), (2, 7), (3, 17), (4, 64), (5, 255), (7, 257), (9, 784), (4, 1024)] {
      for outputs in [1, 15, 17, 33, 48, 65, 130] {
        let rows = Self.bytes(count, width: inputs, isLarge: isLarge)
        let weights = GuardedPanels(rows: inputs + 1, columns: outputs, seed: 5)
        if isLarge {
          for input in 0..<inputs { for output in 0..<outputs { weights[input, output] = output % 2 == 0 ? -1 : 1 } }
        }
        let quantized = Quantized(kernels, weights, rows: inputs, unit: 0.25, errorFeedback: true)
        let stride = weights.count * lanes + 3
        let results = GuardedBuffer<Float>((count - 1) * stride + weights.count * lanes)
        let lists = Pairs(rows, width: inputs)
        kernels.quantizedForward(
          lists.run(), weights: quantized.panels,
          biases: Panels(start: weights.buffer.start + inputs * lanes, stride: weights.stride, count: weights.count),
          activation: .none, outputs: MutableRows(start: results.start, stride: stride, count: count))
        for row in 0..<count {
          for output in 0..<outputs {
            let products = (0..<inputs).map { Int(rows[row].start[$0]) * quantized[$0, output] }
            let expected = Self.sum(products, quantized.scales.start[output]) + weights[inputs, output]
            #expect(
              abs(results.start[row * stride + output] - expected)
                <= Self.tolerance(products, quantized.scales.start[output]))
          }
        }
        #expect(results.isIntact)
      }
    }
  }

  @Test(arguments: instructionSets, [false, true])
  func updateEqualsPlainLoops(_ set: InstructionSet, isLarge: Bool) throws {
    let kernels = try #require(set.kernels)
    for (examples, outputs) in [(1, 1), (7, 15), (17, 16), (63, 33), (65, 48), (257, 65), (1024, 130)] {
      let inputs = Self.bytes(12, width: examples, isLarge: isLarge)
      let gradients = GuardedPanels(rows: examples, columns: outputs, seed: 8)
      if isLarge {
        for example in 0..<examples { for output in 0..<outputs { gradients[example, output] = 1 } }
      }
      let quantized = Quantized(kernels, gradients, unit: 0.25, errorFeedback: false)
      let sums = GuardedPanels(rows: inputs.count, columns: outputs, seed: 9)
      let before = inputs.indices.map { row in (0..<outputs).map { sums[row, $0] } }
      // The quad in the middle isn't needed; the last one's rows are in another order, and it lacks one.
      let needed = [true, false, true]
      let updated: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 11, 8, -1, 10]
      let lists = Pairs(inputs, width: examples)
      needed.withUnsafeBufferPointer {
        kernels.quantizedUpdate(
          lists.run(needed: $0.baseAddress), inputs: updated, gradients: quantized.panels, parameters: sums.parameters,
          rule: UpdateRule(.sum))
      }
      for row in inputs.indices {
        let member = updated.firstIndex(of: Int32(row))
        for output in 0..<outputs {
          let products = (0..<(member == nil || !needed[row / 4] ? 0 : examples)).map {
            Int(inputs[member!].start[$0]) * quantized[$0, output]
          }
          let expected = before[row][output] + Self.sum(products, quantized.scales.start[output])
          #expect(abs(sums[row, output] - expected) <= Self.tolerance(products, quantized.scales.start[output]))
        }
      }
      #expect(sums.hasCleanPadding && sums.buffer.isIntact)
    }
  }
}
