import CProcessor

/// Updates the `Vector` of parameters at `place` by its gradient, which is in registers.
@inline(__always)
func update(_ parameters: Parameters, _ place: Int, gradient: Vector, _ rule: UpdateRule) -> Vector {
  var w = load(parameters.weights, place)
  let g = multiplyAdd(gradient, Vector(repeating: rule.gradientDecay), w)
  w *= rule.weightFactor
  switch rule.form {
  case .plain: w = multiplyAdd(w, Vector(repeating: -rule.rate), g)
  case .momentum:
    let m = multiplyAdd(g, Vector(repeating: rule.beta1), load(parameters.first, place))
    store(m, parameters.first, place)
    w = multiplyAdd(w, Vector(repeating: -rule.rate), m)
  case .adaptive:
    let m = multiplyAdd(rule.share1 * g, Vector(repeating: rule.beta1), load(parameters.first, place))
    let v = multiplyAdd(rule.share2 * g * g, Vector(repeating: rule.beta2), load(parameters.second, place))
    store(m, parameters.first, place)
    store(v, parameters.second, place)
    w -= rule.rate * quotient(m, v, rule)
  }
  store(w, parameters.weights, place)
  return w
}

/// m / (√v · `secondScale` + `epsilon`).
@inline(__always)
private func quotient(_ m: Vector, _ v: Vector, _ rule: UpdateRule) -> Vector {
  let (scale, epsilon) = (Vector(repeating: rule.secondScale), Vector(repeating: rule.epsilon))
  #if NN_WIDE
    // A root and a division take as long as some forty products here. Newton's step doubles an estimate's fourteen digits,
    // so that either is within 2 units in the last place. The root of zero is taken to be that of the least normal number.
    let square = processor_at_least(.leastNormalMagnitude, v)
    let inverse = processor_estimate_inverse_root(square)
    let half = square * (-0.5 * inverse)
    let root = square * multiplyAdd(1.5 * inverse, half * inverse, inverse)
    let divisor = multiplyAdd(epsilon, root, scale)
    let estimate = processor_estimate_inverse(divisor)
    return m * multiplyAdd(estimate, estimate, multiplyAdd(Vector(repeating: 1), -1 * divisor, estimate))
  #else
    return m / multiplyAdd(epsilon, v.squareRoot(), scale)
  #endif
}
