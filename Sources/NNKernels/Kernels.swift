import NNKernelTypes

/// The kernels as this module's compiler flags make them. Each file of this folder adds its own.
///
/// The same sources are built as several modules, one for each instruction set, because a program may hold only one
/// definition of a name: functions of one module that is built twice would be folded into one by the linker, and which
/// it keeps is its choice. A module's name is part of the names of its functions, so that each instruction set keeps
/// its own. Generic code of other modules is the exception: an instance of it is made wherever it is used, under one
/// name for all, and an instance that was compiled for AVX-512 would end processors that lack it. Therefore kernels use
/// no generic code but their own and that which is always compiled in, such as SIMD operators and pointers.
public struct Kernels: KernelSet {
  public init() {}
}
