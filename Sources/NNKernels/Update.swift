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
    w -=
      rule.rate * m / multiplyAdd(Vector(repeating: rule.epsilon), v.squareRoot(), Vector(repeating: rule.secondScale))
  case .sum: w += gradient
  }
  store(w, parameters.weights, place)
  return w
}
