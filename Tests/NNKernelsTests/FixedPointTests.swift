import NNCore
import NNKernels
import Testing

@Suite struct FixedPointTests {
  /// A matrix in fixed point, with guards around it.
  private struct Fixed {
    let words: GuardedBuffer<Int32>
    let scales: GuardedBuffer<Float>
    let matrix: FixedMatrix

    init(_ kernels: Kernels, _ source: Panels, rows: Int? = nil, unit: Float = 1, carries: Bool) {
      let rows = rows ?? source.rows
      words = GuardedBuffer((rows + 1) / 2 * source.count * lanes)
      scales = GuardedBuffer(source.count * lanes)
      matrix = FixedMatrix(words: words.start, scales: scales.start, panelStride: (rows + 1) / 2 * lanes)
      kernels.fix(source.buffer.start, source.stride, rows, source.count, unit, carries, matrix)
    }

    /// The whole number that stands for an element.
    subscript(row: Int, column: Int) -> Int {
      let word = words.start[column / lanes * matrix.panelStride + row / 2 * lanes + column % lanes]
      return Int(Int16(truncatingIfNeeded: row % 2 == 0 ? word : word >> 16))
    }
  }

  @Test(arguments: kernelSets.map(\.instructionSet), [false, true])
  func columnsAreWholeMultiplesOfTheirScale(_ set: Kernels.InstructionSet, carries: Bool) throws {
    let kernels = try #require(Kernels(set))
    for (rows, columns) in [(1, 1), (2, 16), (7, 17), (15, 33), (64, 48), (65, 63), (784, 45)] {
      let source = Panels(rows: rows, columns: columns, seed: 3)
      for row in 0..<rows { source[row, columns - 1] *= 1e-20 }
      let fixed = Fixed(kernels, source, unit: 0.5, carries: carries)
      for column in 0..<columns {
        let most = (0..<rows).map { abs(source[$0, column]) }.max()!
        let scale = Double(most) / 32766
        #expect(abs(Double(fixed.scales.start[column]) / (0.5 * scale) - 1) < 1e-6)
        // What is lost: a half at the most, by each number or, if it is carried over, by all up to any, but for the rounding
        // of Floats.
        var lost = 0.0
        for row in 0..<rows {
          #expect(abs(fixed[row, column]) <= 32767)
          let error = Double(source[row, column]) / scale - Double(fixed[row, column])
          lost = carries ? lost + error : error
          #expect(abs(lost) < 0.5 + (carries ? 0.1 : 0.01), "row \(row)")
        }
      }
      #expect(fixed.words.isIntact && fixed.scales.isIntact)
    }
  }

  @Test(arguments: kernelSets.map(\.instructionSet))
  func columnsOfZerosAndOfNoNumbers(_ set: Kernels.InstructionSet) throws {
    let kernels = try #require(Kernels(set))
    let source = Panels(rows: 9, columns: 4, seed: 4)
    for row in 0..<9 { source[row, 0] = 0 }
    (source[3, 1], source[8, 2]) = (.nan, -.infinity)
    for carries in [false, true] {
      let scales = Fixed(kernels, source, carries: carries).scales.elements
      #expect(scales[0] == 0 && scales[1].isNaN && scales[2].isNaN && scales[3].isFinite)
    }
  }

  /// Lists of pairs of places in quads of rows, the last row in place of those that the last quad lacks.
  private static func lists(_ rows: [GuardedBuffer<UInt8>], width: Int) -> PairLists {
    var lists = PairLists()
    for quad in 0..<(rows.count + 3) / 4 {
      let members = (0..<4).map { rows[min(4 * quad + $0, rows.count - 1)].start }
      lists.append(members[0], members[1], members[2], members[3], width: width)
    }
    return lists
  }

  /// Rows of bytes: random, with every fourth all zero, or as great as can be.
  private static func bytes(_ rows: Int, width: Int, greatest: Bool) -> [GuardedBuffer<UInt8>] {
    (0..<rows).map { row in
      let buffer = GuardedBuffer<UInt8>(width)
      var numbers = Numbers(seed: UInt64(row))
      for place in 0..<width {
        buffer.start[place] = greatest ? 255 : row % 4 == 3 || numbers.bits() % 3 > 0 ? 0 : UInt8(numbers.bits() & 0xff)
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
  @Test(arguments: kernelSets.map(\.instructionSet), [false, true])
  func forwardEqualsPlainLoops(_ set: Kernels.InstructionSet, greatest: Bool) throws {
    let kernels = try #require(Kernels(set))
    for (count, inputs) in [(1, 1), (2, 7), (3, 17), (4, 64), (5, 255), (7, 257), (9, 784), (4, 1024)] {
      for outputs in [1, 15, 17, 33, 48, 65, 130] {
        let rows = Self.bytes(count, width: inputs, greatest: greatest)
        let weights = Panels(rows: inputs + 1, columns: outputs, seed: 5)
        if greatest {
          for input in 0..<inputs { for output in 0..<outputs { weights[input, output] = output % 2 == 0 ? -1 : 1 } }
        }
        let fixed = Fixed(kernels, weights, rows: inputs, unit: 0.25, carries: true)
        let stride = weights.count * lanes + 3
        let results = GuardedBuffer<Float>((count - 1) * stride + weights.count * lanes)
        let lists = Self.lists(rows, width: inputs)
        kernels.fixedForward(
          lists.run(0..<lists.count), fixed.matrix, weights.buffer.start + inputs * lanes, weights.stride,
          weights.count, .none, results.start, stride, count)
        for row in 0..<count {
          for output in 0..<outputs {
            let products = (0..<inputs).map { Int(rows[row].start[$0]) * fixed[$0, output] }
            let expected = Self.sum(products, fixed.scales.start[output]) + weights[inputs, output]
            #expect(
              abs(results.start[row * stride + output] - expected)
                <= Self.tolerance(products, fixed.scales.start[output]))
          }
        }
        #expect(results.isIntact)
      }
    }
  }

  @Test(arguments: kernelSets.map(\.instructionSet), [false, true])
  func updateEqualsPlainLoops(_ set: Kernels.InstructionSet, greatest: Bool) throws {
    let kernels = try #require(Kernels(set))
    for (examples, outputs) in [(1, 1), (7, 15), (17, 16), (63, 33), (65, 48), (257, 65), (1024, 130)] {
      let inputs = Self.bytes(12, width: examples, greatest: greatest)
      let gradients = Panels(rows: examples, columns: outputs, seed: 8)
      if greatest {
        for example in 0..<examples { for output in 0..<outputs { gradients[example, output] = 1 } }
      }
      let fixed = Fixed(kernels, gradients, unit: 0.25, carries: false)
      let sums = Panels(rows: inputs.count, columns: outputs, seed: 9)
      let before = inputs.indices.map { row in (0..<outputs).map { sums[row, $0] } }
      let parameters = Parameters(
        weights: sums.buffer.start, first: sums.buffer.start, second: sums.buffer.start, panelStride: sums.stride)
      // The quad in the middle isn't needed; the last one's rows are in another order, and it lacks one.
      let needed = [true, false, true]
      let updated: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 11, 8, -1, 10]
      let lists = Self.lists(inputs, width: examples)
      needed.withUnsafeBufferPointer {
        kernels.fixedUpdate(
          lists.run(0..<3, needed: $0.baseAddress), updated, fixed.matrix, sums.count, parameters, UpdateRule(.sum))
      }
      for row in inputs.indices {
        let member = updated.firstIndex(of: Int32(row))
        for output in 0..<outputs {
          let products = (0..<(member == nil || !needed[row / 4] ? 0 : examples)).map {
            Int(inputs[member!].start[$0]) * fixed[$0, output]
          }
          let expected = before[row][output] + Self.sum(products, fixed.scales.start[output])
          #expect(abs(sums[row, output] - expected) <= Self.tolerance(products, fixed.scales.start[output]))
        }
      }
      #expect(sums.hasCleanPadding && sums.buffer.isIntact)
    }
  }
}
