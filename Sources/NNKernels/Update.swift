import NNKernelTypes

/// Updates the vector of parameters at `place` by its gradient, which is in registers.
///
/// - Returns: the new weights.
@inline(__always)
func update(_ parameters: ParameterPanels, _ place: Int, gradient: Vector, _ rule: UpdateRule) -> Vector {
  var w = load(parameters.weights, place)
  let g = multiplyAdd(gradient, Vector(repeating: rule.gradientDecay), w)
  w *= rule.weightFactor
  switch rule.form {
  case .plain: w = multiplyAdd(w, Vector(repeating: -rule.rate), g)
  case .momentum:
    let m = multiplyAdd(g, Vector(repeating: rule.beta1), load(parameters.firstMoment, place))
    store(m, parameters.firstMoment, place)
    w = multiplyAdd(w, Vector(repeating: -rule.rate), m)
  case .nesterov:
    let m = multiplyAdd(g, Vector(repeating: rule.beta1), load(parameters.firstMoment, place))
    store(m, parameters.firstMoment, place)
    w = multiplyAdd(w, Vector(repeating: -rule.rate), multiplyAdd(g, Vector(repeating: rule.beta1), m))
  case .adaptive:
    let m = multiplyAdd(rule.oneMinusBeta1 * g, Vector(repeating: rule.beta1), load(parameters.firstMoment, place))
    let v = multiplyAdd(rule.oneMinusBeta2 * g * g, Vector(repeating: rule.beta2), load(parameters.secondMoment, place))
    store(m, parameters.firstMoment, place)
    store(v, parameters.secondMoment, place)
    w -=
      rule.rate * m / multiplyAdd(Vector(repeating: rule.epsilon), v.squareRoot(), Vector(repeating: rule.secondScale))
  case .sum: w += gradient
  }
  store(w, parameters.weights, place)
  return w
}
