import NNKernelDispatch
import NNKernelTypes
import Testing

struct NormsTests {
  @Test(arguments: instructionSets, [1, 4, 37]) func squaresOfColumns(_ set: InstructionSet, _ rows: Int) throws {
    let kernels = try #require(set.kernels)
    let (first, second) = (
      GuardedPanels(rows: rows, columns: 16, seed: 1), GuardedPanels(rows: rows, columns: 16, seed: 2)
    )
    let sums = GuardedBuffer<Float>(lanes, seed: 3)
    for isSum in [false, true] {
      kernels.columnSquares(
        first.buffer.start, plus: isSum ? UnsafePointer(second.buffer.start) : nil, rows: rows, into: sums.start)
      for column in 0..<lanes {
        let expected = (0..<rows).reduce(Float(0)) {
          let x = first[$1, column] + (isSum ? second[$1, column] : 0)
          return $0 + x * x
        }
        #expect(abs(sums.start[column] - expected) <= 4 * tolerance(rows))
      }
    }
    #expect(sums.isIntact && first.buffer.isIntact)
  }

  @Test(arguments: instructionSets, [1, 17]) func scaledColumns(_ set: InstructionSet, _ rows: Int) throws {
    let kernels = try #require(set.kernels)
    let weights = GuardedPanels(rows: rows, columns: 30, seed: 1)
    let before = (0..<rows).map { row in (0..<30).map { weights[row, $0] } }
    let transposed = GuardedPanels(rows: 32, columns: rows, seed: 2)
    let factors = (0..<lanes).map { Float($0) / 8 }
    kernels.scaleColumns(
      weights.mutablePanels, panel: 1, rows: rows, by: factors, transposed: transposed.mutablePanels)
    for row in 0..<rows {
      for column in 0..<16 { #expect(weights[row, column] == before[row][column]) }
      for column in 16..<30 {
        #expect(weights[row, column] == before[row][column] * factors[column - 16])
        #expect(transposed[column, row] == weights[row, column])
      }
    }
    #expect(weights.buffer.isIntact && transposed.buffer.isIntact)
  }
}
