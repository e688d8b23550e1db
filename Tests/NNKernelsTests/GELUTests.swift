import Foundation
import NNKernelDispatch
import NNKernelTypes
import Testing

struct GELUTests {
  /// Both against the C library's erfc, in Double, over more than what Float can tell from 0 and x.
  @Test(arguments: instructionSets)
  func valuesAndDerivativesAreExact(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let (rows, panels, rowStride) = (3, 2, 2 * lanes + 5)
    for start in stride(from: Float(-15), to: 15, by: 0.0371) {
      let outputs = GuardedBuffer<Float>((rows - 1) * rowStride + panels * lanes, seed: 1)
      let derivatives = GuardedBuffer<Float>((rows - 1) * rowStride + panels * lanes, seed: 2)
      let values = (0..<rows * panels * lanes).map { start + Float($0) * 0.0004 }
      func place(_ index: Int) -> Int { index / (panels * lanes) * rowStride + index % (panels * lanes) }
      for (index, value) in values.enumerated() { outputs.start[place(index)] = value }
      kernels.applyGELU(
        MutableRows(start: outputs.start, stride: rowStride, count: rows), panels: panels,
        derivatives: MutableRows(start: derivatives.start, stride: rowStride, count: rows))
      for (index, value) in values.enumerated() {
        let x = Double(value)
        let (probability, density) = (erfc(-x / 2.0.squareRoot()) / 2, exp(-x * x / 2) / (2 * Double.pi).squareRoot())
        let (given, derivative) = (Double(outputs.start[place(index)]), Double(derivatives.start[place(index)]))
        #expect(abs(given - x * probability) <= max(4e-6 * abs(x * probability), 1e-36), "\(x)")
        #expect(abs(derivative - (probability + x * density)) <= 4e-7, "\(x)")
      }
      #expect(outputs.isIntact && derivatives.isIntact)
    }
  }

  @Test(arguments: instructionSets)
  func derivativesMayBeLeftOut(_ set: InstructionSet) throws {
    let kernels = try #require(set.kernels)
    let results = [true, false].map { isWanted in
      let outputs = GuardedBuffer<Float>(2 * lanes, seed: 3)
      let derivatives = GuardedBuffer<Float>(2 * lanes, seed: 4)
      kernels.applyGELU(
        MutableRows(start: outputs.start, stride: lanes, count: 2), panels: 1,
        derivatives: isWanted ? MutableRows(start: derivatives.start, stride: lanes, count: 2) : nil)
      return (0..<2 * lanes).map { outputs.start[$0] }
    }
    #expect(results[0] == results[1])
  }
}
