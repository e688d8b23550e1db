import NNKernelDispatch
import NNKernelTypes
import Testing

@Suite struct DistortTests {
  private static let shapes = [(1, 1), (1, 40), (3, 17), (28, 28), (5, 16)]

  private func picture(_ count: Int) -> GuardedBuffer<UInt8> {
    var numbers = Numbers(seed: 4)
    return GuardedBuffer((0..<count).map { _ in UInt8(truncatingIfNeeded: numbers.bits() >> 9) })
  }

  /// Strokes grow by the most ink of a pixel and its four neighbours, and shrink by the least.
  @Test(arguments: instructionSets, shapes)
  func thickening(_ set: InstructionSet, _ shape: (Int, Int)) throws {
    let (rows, columns) = shape
    let source = picture(rows * columns)
    func pixel(_ row: Int, _ column: Int) -> Int {
      0..<rows ~= row && 0..<columns ~= column ? Int(source.start[row * columns + column]) : 0
    }
    for amount in [-256, -100, -1, 0, 3, 128, 256] {
      var distortion = PictureDistortion(rows: rows, columns: columns)
      distortion.thickening = Int32(amount)
      let target = GuardedBuffer<UInt8>(rows * columns)
      try #require(set.kernels).distort(source.start, distortion, into: target.start)
      for row in 0..<rows {
        for column in 0..<columns {
          let own = pixel(row, column)
          let near = [
            own, pixel(row - 1, column), pixel(row + 1, column), pixel(row, column - 1), pixel(row, column + 1),
          ]
          let other = amount < 0 ? near.min()! : near.max()!
          let wanted = (own * (256 - abs(amount)) + other * abs(amount) + 128) / 256
          #expect(Int(target.start[row * columns + column]) == wanted)
        }
      }
      #expect(source.isIntact && target.isIntact)
    }
  }

  /// All sets make the same bytes, and none reads or writes beyond the memory, however far away the sources are.
  @Test(arguments: shapes, [0, 1, 1e9, Float.infinity, .nan])
  func allSetsAgree(_ shape: (Int, Int), strength: Float) throws {
    let (rows, columns) = shape
    let runs = (columns + 15) / 16
    let source = picture(rows * columns)
    // A lattice of five rows and four columns, of which three each count for a pixel.
    let (x, y) = (GuardedBuffer<Float>(20, seed: 1), GuardedBuffer<Float>(20, seed: 2))
    for point in 0..<20 {
      x.start[point] *= strength
      y.start[point] *= strength
    }
    let (across, down) = (GuardedBuffer<Float>(runs * 48, seed: 3), GuardedBuffer<Float>(rows * 3, seed: 5))
    let firstColumns = GuardedBuffer((0..<runs).map { Int32($0 % 2) })
    let firstRows = GuardedBuffer((0..<rows).map { Int32($0 % 3) })
    var distortion = PictureDistortion(rows: rows, columns: columns)
    (distortion.across, distortion.down) = (SIMD2(0.9, 0.1), SIMD2(-0.2, 1.1))
    (distortion.origin, distortion.thickening) = (SIMD2(0.3, -0.4), 90)
    distortion.displacement = SmoothNoise(
      x: x.start, y: y.start, rows: 5, columns: 4,
      across: LatticeWeights(firsts: firstColumns.start, weights: across.start, taps: 3),
      down: LatticeWeights(firsts: firstRows.start, weights: down.start, taps: 3))
    var results: [[UInt8]] = []
    for set in instructionSets {
      let target = GuardedBuffer<UInt8>(rows * columns)
      try #require(set.kernels).distort(source.start, distortion, into: target.start)
      #expect(target.isIntact)
      results.append(target.elements)
    }
    #expect(Set(results).count == 1)
  }
}
