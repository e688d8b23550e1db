import NNKernelTypes

/// How gradients change the parameters; defined, and by default set, as PyTorch's `SGD`, `Adam` and `AdamW` are.
package struct Optimizer: Sendable, Equatable {
  package enum Method: String, CaseIterable, Sendable {
    case sgd, momentum, adam, adamw

    /// The moments that the optimiser keeps, by PyTorch's names.
    var momentNames: [String] {
      switch self {
      case .sgd: []
      case .momentum: ["momentum_buffer"]
      case .adam, .adamw: ["exp_avg", "exp_avg_sq"]
      }
    }
  }

  package let method: Method
  /// The share of the last step that `momentum` keeps.
  package var momentum = 0.9
  /// Whether `momentum` looks ahead (Nesterov, 1983).
  package var nesterov = false
  package var beta1 = 0.9
  package var beta2 = 0.999
  package var epsilon = 1e-8
  /// Weight decay (L2): decay · w is added to the gradient; `adamw` subtracts learning rate · decay · w from the weight
  /// instead.
  package var weightDecay: Double

  package init(_ method: Method) {
    self.method = method
    weightDecay = method == .adamw ? 0.01 : 0
  }

  /// Whether updates are linear in the gradients.
  var isLinear: Bool { method == .sgd || method == .momentum }

  /// The rule for the update number `step`, counted from 1.
  func rule(step: Int, learningRate: Double) -> UpdateRule {
    var rule: UpdateRule
    switch method {
    case .sgd: rule = UpdateRule(.plain, rate: Float(learningRate))
    case .momentum:
      rule = UpdateRule(nesterov ? .nesterov : .momentum, rate: Float(learningRate))
      rule.beta1 = Float(momentum)
    case .adam, .adamw:
      // Bias correction: Kingma and Ba, 2015, algorithm 1, in PyTorch's order of operations.
      rule = UpdateRule(.adaptive, rate: Float(learningRate / (1 - pow(beta1, Double(step)))))
      rule.secondScale = Float(1 / (1 - pow(beta2, Double(step))).squareRoot())
      (rule.beta1, rule.beta2, rule.epsilon) = (Float(beta1), Float(beta2), Float(epsilon))
      // Subtracted in Double and then rounded: in Float, 1 − 0.999 is off by 5e-5.
      (rule.oneMinusBeta1, rule.oneMinusBeta2) = (Float(1 - beta1), Float(1 - beta2))
    }
    if method == .adamw {
      rule.weightFactor = Float(1 - learningRate * weightDecay)
    } else {
      rule.gradientDecay = Float(weightDecay)
    }
    return rule
  }
}
