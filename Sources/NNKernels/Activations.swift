import CProcessor
import NNKernelTypes

/// Stores a layer's outputs for its sums `x`.
@inline(__always)
func storeActivated(_ x: Vector, _ pointer: UnsafeMutablePointer<Float>, _ offset: Int, _ activation: OutputActivation)
{
  if activation == .relu {
    store(rectified(x), pointer, offset)
  } else {
    store(x, pointer, offset)
    if activation != .none && activation != .gelu { apply(activation, pointer + offset) }
  }
}

/// ReLU. A NaN stays a NaN, so that divergence is noticed.
@inline(__always)
private func rectified(_ x: Vector) -> Vector {
  #if NN_WIDE
    processor_at_least(0, x)
  #else
    x.replacing(with: 0, where: x .< 0)
  #endif
}

/// Sigmoid, tanh or leaky ReLU in place. The function is long: not inlined, it leaves the registers of the loops that
/// call it alone.
@inline(never)
private func apply(_ activation: OutputActivation, _ place: UnsafeMutablePointer<Float>) {
  let x = load(place)
  switch activation {
  case .sigmoid: store(1 / (1 + exp(0 - x)), place)
  case .tanh: store(hyperbolicTangent(x), place)
  case .leakyReLU: store(leaking(x, where: x), place)
  case .none, .relu, .gelu: break
  }
}

/// tanh x = (1 − e⁻²ˣ) / (1 + e⁻²ˣ) on |x|, within 2 units in the last place. For |x| < 0.625, where the difference
/// would lose digits, the odd polynomial of Cephes' `tanhf` (S. Moshier).
@inline(__always)
private func hyperbolicTangent(_ x: Vector) -> Vector {
  let magnitude = x.replacing(with: 0 - x, where: x .< 0)
  let power = exp(-2 * magnitude)
  let large = (1 - power) / (1 + power)
  let square = x * x
  var p = Vector(repeating: -5.704_988_727_45e-3)
  p = multiplyAdd(Vector(repeating: 2.063_908_888_58e-2), p, square)
  p = multiplyAdd(Vector(repeating: -5.373_971_556_06e-2), p, square)
  p = multiplyAdd(Vector(repeating: 1.333_144_240_41e-1), p, square)
  p = multiplyAdd(Vector(repeating: -3.333_328_211_76e-1), p, square)
  let small = multiplyAdd(x, p * square, x)
  return large.replacing(with: 0 - large, where: x .< 0).replacing(with: small, where: magnitude .< 0.625)
}

/// `gradient` times the activation's derivative, computed from the activation's `output` H: relu 1 or 0,
/// sigmoid H (1 − H), tanh 1 − H², leaky ReLU 1 or 0.01. Of GELU, `output` is the derivative.
@inline(__always)
func derive(_ gradient: Vector, output: Vector, _ activation: OutputActivation) -> Vector {
  switch activation {
  case .none: gradient
  case .relu: passing(gradient, where: output)
  case .sigmoid: gradient * (output * (1 - output))
  case .tanh: gradient * (1 - output * output)
  case .leakyReLU: leaking(gradient, where: output)
  case .gelu: gradient * output
  }
}

/// `x` where `y` is positive, else a hundredth of it, as PyTorch's LeakyReLU has it unless told otherwise.
@inline(__always)
private func leaking(_ x: Vector, where y: Vector) -> Vector {
  x.replacing(with: x * 0.01, where: .!(y .> 0))
}

/// `x` where `y` is positive, else 0.
@inline(__always)
private func passing(_ x: Vector, where y: Vector) -> Vector {
  #if NN_WIDE
    processor_where_positive(x, y)
  #else
    x.replacing(with: 0, where: .!(y .> 0))
  #endif
}
