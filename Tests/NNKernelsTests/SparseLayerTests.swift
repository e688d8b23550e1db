import NNKernelDispatch
import NNKernelTypes
import Testing

/// Every instruction set that this processor has.
let instructionSets = InstructionSet.allCases.filter(\.isAvailable)

/// Sizes around the widths of registers, panels and tiles.
let oddSizes = [1, 2, 7, 15, 16, 17, 31, 33, 47, 48, 49, 63, 64, 65, 113, 130]

@Suite struct SparseLayerTests {
  /// Rows of bytes of which about a third are zero.
  private static func bytes(_ count: Int, seed: UInt64) -> GuardedBuffer<UInt8> {
    let buffer = GuardedBuffer<UInt8>(count)
    var numbers = Numbers(seed: seed)
    for index in 0..<count { buffer.start[index] = numbers.bits() % 3 == 0 ? 0 : UInt8(numbers.bits() & 0xff) }
    return buffer
  }

  private static func table() -> GuardedBuffer<Float> {
    let table = GuardedBuffer<Float>(256)
    for value in 0..<256 { table.start[value] = Float(value) / 255 }
    return table
  }

  @Test(arguments: instructionSets)
  func listsWhereOneOfFourRowsIsNotZero(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for count in oddSizes + [0, 128, 784, 1000] {
      let rows = (0..<4).map { Self.bytes(count, seed: UInt64($0)) }
      let entries = GuardedBuffer<QuadEntry>(count + listPadding)
      let found = kernels.listQuad(
        QuadRows(rows[0].start, rows[1].start, rows[2].start, rows[3].start), count: count, entries: entries.start)
      let expected = (0..<count).filter { place in rows.contains { $0.start[place] != 0 } }.map { place in
        rows.enumerated().reduce(QuadEntry(place)) { $0 | QuadEntry($1.element.start[place]) << (32 + 8 * $1.offset) }
      }
      #expect(Array(entries.elements.prefix(found)) == expected)
      #expect(entries.isIntact)
    }
  }

  @Test(arguments: instructionSets)
  func transposesAnyNumberOfRowsAndColumns(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    for (count, width) in [(1, 1), (7, 9), (15, 40), (16, 16), (17, 15), (16, 17), (63, 65), (128, 64), (65, 784)] {
      let rows = (0..<count).map { Self.bytes(width, seed: UInt64($0)) }
      let stride = count + 3
      for columns in [0..<width, width / 3..<width, 0..<width / 2] {
        let target = GuardedBuffer<UInt8>(max(columns.count * stride - 3, 0))
        for place in 0..<target.count { target.start[place] = 0x5a }
        let starts = rows.map { UnsafePointer($0.start) }
        starts.withUnsafeBufferPointer {
          kernels.transpose($0.baseAddress!, count: count, columns: columns, target: target.start, stride: stride)
        }
        let between: [UInt8] = [0x5a, 0x5a, 0x5a]
        let expected = columns.map { column in rows.map { $0.start[column] } }.joined(separator: between)
        #expect(target.elements == Array(expected))
        #expect(target.isIntact)
      }
    }
  }

  /// The lists of the quads of neighbours among `rows`, the last in place of those that the last quad lacks; those of
  /// odd index with their entries sorted into parts.
  private static func lists(
    _ kernels: any KernelSet, _ rows: [GuardedBuffer<UInt8>], width: Int
  ) -> (entries: GuardedBuffer<QuadEntry>, starts: [Int]) {
    let quads = (rows.count + 3) / 4
    let entries = GuardedBuffer<QuadEntry>(quads * width + listPadding)
    var starts = [0]
    for quad in 0..<quads {
      let members = (0..<4).map { rows[min(4 * quad + $0, rows.count - 1)].start }
      let (end, list) = (starts[starts.count - 1], entries.start + starts[starts.count - 1])
      let found = kernels.listQuad(
        QuadRows(members[0], members[1], members[2], members[3]), count: width, entries: list)
      var parts = [Array(UnsafeBufferPointer(start: list, count: found)), [], []]
      if quad % 2 == 1 {
        parts[1] = parts[0].filter { $0 >> 48 == 0 }
        parts[2] = parts[0].filter { $0 >> 32 & 0xffff == 0 }
        parts[0].removeAll { $0 >> 48 == 0 || $0 >> 32 & 0xffff == 0 }
      }
      for (place, entry) in parts.joined().enumerated() { list[place] = entry }
      starts += [end + parts[0].count, end + found - parts[2].count, end + found]
    }
    return (entries, starts)
  }

  @Test(arguments: instructionSets)
  func forwardEqualsPlainLoops(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let table = Self.table()
    for (count, inputs) in [(1, 1), (2, 7), (3, 17), (4, 64), (5, 65), (7, 130), (9, 33)] {
      for outputs in oddSizes {
        let rows = (0..<count).map { Self.bytes(inputs, seed: UInt64($0)) }
        let weights = GuardedPanels(rows: inputs + 1, columns: outputs, seed: 5)
        let (entries, starts) = Self.lists(kernels, rows, width: inputs)
        let stride = weights.count * lanes + 3
        let results = GuardedBuffer<Float>((count - 1) * stride + weights.count * lanes)
        kernels.sparseForward(
          QuadRun(entries: entries.start, starts: starts, count: starts.count / QuadRun.parts), table: table.start,
          layer: weights.layer(inputs: inputs, .none),
          outputs: MutableRows(start: results.start, stride: stride, count: count))
        for row in 0..<count {
          for output in 0..<outputs {
            let sum = (0..<inputs).reduce(weights[inputs, output]) {
              $0 + table.start[Int(rows[row].start[$1])] * weights[$1, output]
            }
            #expect(abs(results.start[row * stride + output] - sum) <= tolerance(inputs))
          }
        }
        #expect(results.isIntact)
      }
    }
  }

  @Test(arguments: instructionSets)
  func updateEqualsPlainLoops(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let table = Self.table()
    for (examples, outputs) in [(1, 1), (7, 15), (17, 16), (63, 33), (65, 48), (128, 65), (64, 130)] {
      let inputs = (0..<12).map { Self.bytes(examples, seed: UInt64($0)) }
      let gradients = GuardedPanels(rows: examples, columns: outputs, seed: 8)
      let weights = GuardedPanels(rows: inputs.count, columns: outputs, seed: 9)
      let before = inputs.indices.map { row in (0..<outputs).map { weights[row, $0] } }
      let (entries, starts) = Self.lists(kernels, inputs, width: examples)
      // The quad in the middle isn't needed; the last one's rows are in another order, and it lacks one.
      let needed = [true, false, true]
      let updated: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7, 11, 8, -1, 10]
      // By a step down the gradient and by its mere addition.
      for rule in [UpdateRule(.plain, rate: 0.5), UpdateRule(.sum)] {
        kernels.sparseUpdate(
          QuadRun(entries: entries.start, starts: starts, count: 3, needed: needed), inputs: updated,
          table: table.start, gradients: gradients.panels, parameters: weights.parameters, rule: rule)
      }
      for row in inputs.indices {
        let member = updated.firstIndex(of: Int32(row))
        for output in 0..<outputs {
          let sum = member.map { member in
            (0..<examples).reduce(Float(0)) {
              $0 + table.start[Int(inputs[member].start[$1])] * gradients[$1, output]
            }
          }
          let expected = needed[row / 4] ? before[row][output] + 0.5 * (sum ?? 0) : before[row][output]
          #expect(abs(weights[row, output] - expected) <= 2 * tolerance(examples))
        }
      }
      #expect(weights.hasCleanPadding && weights.buffer.isIntact)
    }
  }
}
