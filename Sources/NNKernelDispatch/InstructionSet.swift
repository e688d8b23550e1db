import CProcessor
import NNKernelTypes
import NNKernels

#if arch(x86_64)
  import NNKernelsAVX2
  import NNKernelsAVX512
#endif

/// The instruction sets that kernels are built for, from the least capable on.
public enum InstructionSet: String, CaseIterable, Sendable {
  case baseline, avx2, avx512

  /// Whether this processor, and the system that runs on it, have it.
  public var isAvailable: Bool {
    switch self {
    case .baseline: true
    case .avx2: Processor.hasAVX2
    case .avx512: Processor.hasAVX2 && Processor.hasAVX512
    }
  }

  /// The kernels for it; nil if this processor lacks it.
  public var kernels: (any KernelSet)? {
    guard isAvailable else { return nil }
    #if arch(x86_64)
      switch self {
      case .baseline: return NNKernels.Kernels()
      case .avx2: return NNKernelsAVX2.Kernels()
      case .avx512: return NNKernelsAVX512.Kernels()
      }
    #else
      return NNKernels.Kernels()
    #endif
  }
}
