import CProcessor
import NNKernels

#if arch(x86_64)
  import NNKernelsAVX2
  import NNKernelsAVX512
#endif

/// The kernels built for one instruction set. They all compute the same, but for the rounding of fused products.
package struct Kernels: Sendable {
  package enum InstructionSet: String, CaseIterable, Sendable {
    case baseline, avx2, avx512

    /// Whether this processor, and the system that runs on it, have it.
    package var isAvailable: Bool {
      switch self {
      case .baseline: true
      case .avx2: Processor.hasAVX2
      case .avx512: Processor.hasAVX2 && Processor.hasAVX512
      }
    }
  }

  package let instructionSet: InstructionSet

  package let listQuad:
    @Sendable (
      UnsafePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>, UnsafePointer<UInt8>, _ count: Int,
      UnsafeMutablePointer<QuadEntry>
    ) -> Int
  package let transpose:
    @Sendable (
      UnsafePointer<UnsafePointer<UInt8>>, _ count: Int, _ columns: Range<Int>, UnsafeMutablePointer<UInt8>,
      _ stride: Int
    ) -> Void
  package let sparseForward:
    @Sendable (
      QuadRun, _ table: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ biases: UnsafePointer<Float>,
      _ panelStride: Int, _ panels: Int, OutputActivation, _ outputs: UnsafeMutablePointer<Float>, _ outputStride: Int,
      _ rows: Int
    ) -> Void
  package let sparseUpdate:
    @Sendable (
      QuadRun, _ rows: UnsafePointer<Int32>, _ table: UnsafePointer<Float>, _ gradients: UnsafePointer<Float>,
      _ gradientStride: Int, _ panels: Int, Parameters, UpdateRule
    ) -> Void
  package let fix:
    @Sendable (
      _ matrix: UnsafePointer<Float>, _ panelStride: Int, _ rows: Int, _ panels: Int, _ unit: Float, _ carries: Bool,
      FixedMatrix
    ) -> Void
  package let fixedForward:
    @Sendable (
      PairRun, FixedMatrix, _ biases: UnsafePointer<Float>, _ panelStride: Int, _ panels: Int, OutputActivation,
      _ outputs: UnsafeMutablePointer<Float>, _ outputStride: Int, _ rows: Int
    ) -> Void
  package let fixedUpdate:
    @Sendable (
      PairRun, _ rows: UnsafePointer<Int32>, FixedMatrix, _ panels: Int, Parameters, UpdateRule
    ) -> Void
  package let denseForward:
    @Sendable (
      _ inputs: UnsafePointer<Float>, _ inputStride: Int, _ inputCount: Int, _ rows: Int,
      _ weights: UnsafePointer<Float>, _ biases: UnsafePointer<Float>, _ panelStride: Int,
      _ panels: Int, OutputActivation, _ outputs: UnsafeMutablePointer<Float>, _ outputStride: Int
    ) -> Void
  package let denseBackward:
    @Sendable (
      _ gradients: UnsafePointer<Float>, _ gradientStride: Int, _ gradientCount: Int, _ rows: Int,
      _ transposed: UnsafePointer<Float>, _ transposedStride: Int, _ panels: Int, _ outputs: UnsafePointer<Float>,
      _ outputStride: Int, OutputActivation, _ targets: UnsafeMutablePointer<Float>, _ targetStride: Int
    ) -> Void
  package let denseUpdate:
    @Sendable (
      _ inputs: UnsafePointer<Float>, _ inputStride: Int, _ range: Range<Int>, _ examples: Int,
      _ gradients: UnsafePointer<Float>, _ gradientStride: Int, _ panels: Int, Parameters, UpdateRule,
      _ transposed: UnsafeMutablePointer<Float>?, _ transposedStride: Int
    ) -> Void
  package let updateBySums:
    @Sendable (
      _ sums: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>), _ range: Range<Int>, _ panels: Int,
      Parameters, UpdateRule, _ transposed: UnsafeMutablePointer<Float>?, _ transposedStride: Int
    ) -> Void
  package let softmax:
    @Sendable (
      _ logits: UnsafePointer<Float>, _ stride: Int, _ rows: Int, _ count: Int, _ labels: UnsafePointer<Int32>?,
      _ answers: UnsafeMutablePointer<Answer>, _ share: Float?, _ targets: UnsafeMutablePointer<Float>,
      _ targetStride: Int, _ panelStride: Int
    ) -> Void
  package let findLikest:
    @Sendable (
      _ bits: UnsafePointer<UInt64>, _ words: Int, _ row: Int, _ next: UnsafePointer<Int>, _ end: Int, _ most: Int
    ) -> (best: Int, before: Int)
  package let multiplyAddPeak: @Sendable (_ rounds: Int) -> Float
}

extension Kernels {
  /// The kernels for an instruction set; nil if this processor lacks it.
  package init?(_ set: InstructionSet) {
    guard set.isAvailable else { return nil }
    switch set {
    #if arch(x86_64)
      case .avx2: self = .avx2
      case .avx512: self = .avx512
    #endif
    default: self = .baseline
    }
  }

  /// Those that everything uses: the best that the processor has, or what `NN_ISA` names.
  package static let chosen: Kernels = {
    if let name = getenv("NN_ISA").map({ String(cString: $0) }), let set = InstructionSet(rawValue: name),
      let kernels = Kernels(set)
    {
      return kernels
    }
    return InstructionSet.allCases.reversed().lazy.compactMap { Kernels($0) }.first!
  }()

  /// What is wrong with `NN_ISA`, if anything is.
  package static var faultOfChoice: String? {
    guard let name = getenv("NN_ISA").map({ String(cString: $0) }), !name.isEmpty else { return nil }
    let names = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
    guard let set = InstructionSet(rawValue: name) else { return "NN_ISA is '\(name)', which is none of \(names)" }
    return set.isAvailable ? nil : "NN_ISA is '\(name)', which this processor doesn't have"
  }

  private static let baseline = Kernels(
    instructionSet: .baseline, listQuad: NNKernels.listQuad, transpose: NNKernels.transpose,
    sparseForward: NNKernels.sparseForward, sparseUpdate: NNKernels.sparseUpdate, fix: NNKernels.fix,
    fixedForward: NNKernels.fixedForward, fixedUpdate: NNKernels.fixedUpdate, denseForward: NNKernels.denseForward,
    denseBackward: NNKernels.denseBackward, denseUpdate: NNKernels.denseUpdate,
    updateBySums: NNKernels.updateBySums, softmax: NNKernels.softmax,
    findLikest: NNKernels.findLikest, multiplyAddPeak: NNKernels.multiplyAddPeak)

  #if arch(x86_64)
    private static let avx2 = Kernels(
      instructionSet: .avx2, listQuad: NNKernelsAVX2.listQuad, transpose: NNKernelsAVX2.transpose,
      sparseForward: NNKernelsAVX2.sparseForward, sparseUpdate: NNKernelsAVX2.sparseUpdate,
      fix: NNKernelsAVX2.fix, fixedForward: NNKernelsAVX2.fixedForward, fixedUpdate: NNKernelsAVX2.fixedUpdate,
      denseForward: NNKernelsAVX2.denseForward, denseBackward: NNKernelsAVX2.denseBackward,
      denseUpdate: NNKernelsAVX2.denseUpdate, updateBySums: NNKernelsAVX2.updateBySums,
      softmax: NNKernelsAVX2.softmax,
      findLikest: NNKernelsAVX2.findLikest, multiplyAddPeak: NNKernelsAVX2.multiplyAddPeak)

    private static let avx512 = Kernels(
      instructionSet: .avx512, listQuad: NNKernelsAVX512.listQuad, transpose: NNKernelsAVX512.transpose,
      sparseForward: NNKernelsAVX512.sparseForward, sparseUpdate: NNKernelsAVX512.sparseUpdate,
      fix: NNKernelsAVX512.fix, fixedForward: NNKernelsAVX512.fixedForward, fixedUpdate: NNKernelsAVX512.fixedUpdate,
      denseForward: NNKernelsAVX512.denseForward, denseBackward: NNKernelsAVX512.denseBackward,
      denseUpdate: NNKernelsAVX512.denseUpdate, updateBySums: NNKernelsAVX512.updateBySums,
      softmax: NNKernelsAVX512.softmax,
      findLikest: NNKernelsAVX512.findLikest, multiplyAddPeak: NNKernelsAVX512.multiplyAddPeak)
  #endif
}

/// What this processor can do.
private enum Processor {
  #if arch(x86_64)
    static let hasAVX2 =
      savesState(0b110) && has(1, register: 2, bits: [12, 22, 29])
      && has(7, register: 1, bits: [3, 5, 8]) && has(0x8000_0001, register: 2, bits: [5])
    /// F, DQ, CD, BW and VL, which x86-64-v4 has beyond x86-64-v3, and VNNI.
    static let hasAVX512 =
      savesState(0b1110_0110) && has(7, register: 1, bits: [16, 17, 28, 30, 31])
      && has(7, register: 2, bits: [11])
  #else
    static let hasAVX2 = false
    static let hasAVX512 = false
  #endif
}

#if arch(x86_64)
  extension Processor {
    private static func registers(_ leaf: UInt32) -> [UInt32] {
      var registers: [UInt32] = [0, 0, 0, 0]
      processor_id(leaf & 0x8000_0000, 0, &registers)
      guard registers[0] >= leaf else { return [0, 0, 0, 0] }
      processor_id(leaf, 0, &registers)
      return registers
    }

    /// Whether all `bits` are set in a register, 0 to 3 being eax to edx, of what `leaf` tells.
    private static func has(_ leaf: UInt32, register: Int, bits: [UInt32]) -> Bool {
      let value = registers(leaf)[register]
      return bits.allSatisfy { value & (1 << $0) != 0 }
    }

    /// Whether the system keeps the wide registers when it switches between processes: bits of XCR0.
    private static func savesState(_ bits: UInt32) -> Bool {
      has(1, register: 2, bits: [27, 28]) && processor_saved_state() & bits == bits
    }
  }
#endif
