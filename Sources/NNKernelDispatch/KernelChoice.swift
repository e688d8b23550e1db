import NNKernelTypes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which kernels everything uses: the best that this processor has, or the set that the variable `NN_ISA` names.
public enum KernelChoice {
  /// The name in `NN_ISA`; nil if the variable is not set or empty.
  private static var wanted: String? {
    getenv("NN_ISA").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The chosen kernels. Where `NN_ISA` names a set that can't be had, see `fault`, they are the processor's best.
  public static let kernels: any KernelSet =
    wanted.flatMap { InstructionSet(rawValue: $0)?.kernels }
    ?? InstructionSet.allCases.reversed().lazy.compactMap(\.kernels).first!

  /// What is wrong with `NN_ISA`; nil if nothing is.
  public static var fault: String? {
    guard let wanted else { return nil }
    guard let set = InstructionSet(rawValue: wanted) else {
      let names = InstructionSet.allCases.map(\.rawValue).joined(separator: ", ")
      return "NN_ISA is '\(wanted)', which is none of \(names)"
    }
    return set.isAvailable ? nil : "NN_ISA is '\(wanted)', which this processor doesn't have"
  }
}
