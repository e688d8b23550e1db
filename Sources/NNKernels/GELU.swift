import NNKernelTypes

extension Kernels {
  public func applyGELU(_ outputs: MutableRows, panels: Int, derivatives: MutableRows?) {
    for row in 0..<outputs.count {
      for panel in 0..<panels {
        let place = row &* outputs.stride &+ panel &* lanes
        let x = load(outputs.start, place)
        let (probability, density) = normalDistribution(x)
        store(x * probability, outputs.start, place)
        guard let derivatives else { continue }
        store(
          multiplyAdd(probability, x, density), derivatives.start, row &* derivatives.stride &+ panel &* lanes)
      }
    }
  }
}

/// The standard normal distribution: Φ(x), the probability of at most `x`, and its derivative φ(x) = exp(−x²/2) / √2π.
///
/// Φ(−|x|) = φ(x) · M(|x|), where Mills' ratio M falls slowly. With t = 1 / (1 + 0.35 |x|), M / (t √2π) is a polynomial
/// of degree 8 in t within 3.3e-8 of it, fitted by weighted least squares for the smallest relative error up to
/// |x| = 14.8, beyond which φ is 0. So the tail keeps its digits, which 1 + erf would cancel.
@inline(__always)
private func normalDistribution(_ x: Vector) -> (probability: Vector, density: Vector) {
  let magnitude = x.replacing(with: 0 - x, where: x .< 0)
  let t = 1 / multiplyAdd(Vector(repeating: 1), magnitude, Vector(repeating: 0.35))
  let power = exp(x * x * -0.5)
  var p = Vector(repeating: -0.029_162_693_6)
  p = multiplyAdd(Vector(repeating: 0.144_054_701), p, t)
  p = multiplyAdd(Vector(repeating: -0.255_889_019), p, t)
  p = multiplyAdd(Vector(repeating: 0.159_377_937), p, t)
  p = multiplyAdd(Vector(repeating: -0.023_253_295_6), p, t)
  p = multiplyAdd(Vector(repeating: 0.105_570_232), p, t)
  p = multiplyAdd(Vector(repeating: 0.119_816_686), p, t)
  p = multiplyAdd(Vector(repeating: 0.139_864_167), p, t)
  p = multiplyAdd(Vector(repeating: 0.139_621_268), p, t)
  let tail = p * t * power
  return (probability: (1 - tail).replacing(with: tail, where: x .< 0), density: power * 0.398_942_28)
}
