import Foundation
import NNKernelTypes
import NNKernels
import Testing

#if arch(x86_64)
  import NNKernelDispatch
  import NNKernelsAVX2
  import NNKernelsAVX512
#endif

@Suite struct ExponentialTests {
  private static var variants: [(UnsafeMutablePointer<Float>, Int) -> Void] {
    var all: [(UnsafeMutablePointer<Float>, Int) -> Void] = [NNKernels.Kernels().exponential]
    #if arch(x86_64)
      if InstructionSet.avx2.isAvailable { all.append(NNKernelsAVX2.Kernels().exponential) }
      if InstructionSet.avx512.isAvailable { all.append(NNKernelsAVX512.Kernels().exponential) }
    #endif
    return all
  }

  @Test func isWithinTwoUnitsInTheLastPlace() {
    for exponential in Self.variants {
      var worst = 0.0
      let row = GuardedBuffer<Float>(lanes)
      for start in stride(from: Float(-87.3), to: 88.7, by: 0.0113) {
        let inputs = (0..<lanes).map { min(start + Float($0) * 0.0007, 88.7) }
        for lane in 0..<lanes { row.start[lane] = inputs[lane] }
        exponential(row.start, lanes)
        for lane in 0..<lanes {
          let exact = exp(Double(inputs[lane]))
          worst = max(worst, abs(Double(row.start[lane]) - exact) / Double(Float(exact).ulp))
        }
      }
      #expect(worst <= 2)
    }
  }

  @Test func endsAreZeroInfinityAndNotANumber() {
    for exponential in Self.variants {
      let row = GuardedBuffer<Float>(lanes)
      for lane in 0..<lanes { row.start[lane] = 0 }
      let inputs: [Float] = [-.infinity, -1000, -88, .infinity, 1000, 89, .nan, 0, -0.0]
      for (lane, value) in inputs.enumerated() { row.start[lane] = value }
      exponential(row.start, lanes)
      #expect(Array(row.elements[0..<6]) == [0, 0, 0, .infinity, .infinity, .infinity])
      #expect(row.start[6].isNaN && row.start[7] == 1 && row.start[8] == 1)
    }
  }
}
