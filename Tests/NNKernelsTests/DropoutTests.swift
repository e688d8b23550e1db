import NNKernelDispatch
import NNKernelTypes
import Testing

struct DropoutTests {
  /// Which outputs are dropped depends on whole numbers only, and so is the same with each instruction set.
  @Test(arguments: instructionSets) func dropsByBits(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let (rows, panels, stride) = (40, 3, 64)
    let outputs = GuardedBuffer<Float>(rows * stride, seed: 1)
    let (dropped, masks) = (GuardedBuffer<Float>(rows * stride, seed: 2), GuardedBuffer<Float>(rows * stride, seed: 3))
    let keys = (0..<UInt32(rows)).map { $0 &* 0x0123_4567 }
    let rate = DropoutRate(threshold: 0x4000_0000, gain: 4.0 / 3)
    kernels.dropOut(
      Rows(start: outputs.start, stride: stride, count: rows), panels: panels, keys: keys, rate: rate,
      dropped: MutableRows(start: dropped.start, stride: stride, count: rows),
      masks: MutableRows(start: masks.start, stride: stride, count: rows))
    var zeros = 0
    for row in 0..<rows {
      for index in 0..<panels * lanes {
        var bits = keys[row] &+ UInt32(index) &* 0x9e37_79b9
        bits = (bits ^ bits >> 16) &* 0x85eb_ca6b
        bits = (bits ^ bits >> 13) &* 0xc2b2_ae35
        let mask: Float = bits ^ bits >> 16 < rate.threshold ? 0 : rate.gain
        zeros += mask == 0 ? 1 : 0
        #expect(masks.start[row * stride + index] == mask)
        #expect(dropped.start[row * stride + index] == outputs.start[row * stride + index] * mask)
      }
    }
    #expect(abs(Double(zeros) / Double(rows * panels * lanes) - 0.25) < 0.03)
    #expect(dropped.isIntact && masks.isIntact && outputs.isIntact)

    let gradients = GuardedPanels(rows: rows, columns: panels * lanes, seed: 4)
    let before = (0..<rows).map { row in (0..<panels * lanes).map { gradients[row, $0] } }
    kernels.applyMasks(Rows(start: masks.start, stride: stride, count: rows), to: gradients.mutablePanels)
    for row in 0..<rows {
      for index in 0..<panels * lanes {
        #expect(gradients[row, index] == before[row][index] * masks.start[row * stride + index])
      }
    }
  }
}
