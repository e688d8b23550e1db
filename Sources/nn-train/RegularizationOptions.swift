import ArgumentParser
import NNCommand
import NNCore

/// What keeps the network from learning its examples by heart. An option left out keeps the default, or the
/// checkpoint's value.
struct RegularizationOptions: ParsableArguments {
  @Option(help: OptimizerSetting.clipNorm.argumentHelp) var clipNorm: Double?

  @Option(help: OptimizerSetting.maxNorm.argumentHelp) var maxNorm: Double?

  @Option(help: OptimizerSetting.labelSmoothing.argumentHelp) var labelSmoothing: Double?

  @Option(
    help: ArgumentHelp(
      "How much examples of each class count: balanced (rare classes more), or a number a class.",
      valueName: "balanced|x,x..."),
    completion: .list(["balanced"]))
  var classWeights: ClassWeights?

  @Option(help: OptimizerSetting.average.argumentHelp) var average: Double?

  @Option(
    help: ArgumentHelp(
      "Share of the hidden neurons that each update leaves out, for all hidden layers or for each (default: 0).",
      valueName: "x[,x...]"))
  var dropout: DropoutRates?

  @Option(help: OptimizerSetting.inputDropout.argumentHelp) var inputDropout: Double?

  func validate() throws { try given.requireInRange() }

  private var given: GivenSettings {
    [
      (.clipNorm, clipNorm), (.maxNorm, maxNorm), (.labelSmoothing, labelSmoothing), (.average, average),
      (.inputDropout, inputDropout),
    ]
  }

  /// Puts what was given into `plan`, for a network to train.
  ///
  /// - Throws: `Failure` for lists of another length than the network has classes or hidden layers.
  func apply(to plan: inout TrainingPlan, for network: Network) throws {
    given.apply(to: &plan)
    if let classWeights { plan.regularization.classWeights = classWeights }
    if let dropout { plan.regularization.dropout = dropout.rates == [0] ? [] : dropout.rates }
    if case .list(let weights) = plan.regularization.classWeights, weights.count != network.classCount {
      throw Failure.usage(
        "--class-weights has a number for \(weights.count) classes, and the model knows \(network.classCount)")
    }
    let (rates, layers) = (plan.regularization.dropout, network.layers.count - 1)
    guard rates.isEmpty || rates.count == layers || (rates.count == 1 && layers > 0) else {
      throw Failure.usage(
        "--dropout has a number for \(rates.count) hidden layers, and the model has \(layers)")
    }
  }
}

/// Shares of neurons: one for all hidden layers, or one a layer.
struct DropoutRates: ExpressibleByArgument {
  let rates: [Double]

  init?(argument: String) {
    guard let rates = Regularization.dropout(argument) else { return nil }
    self.rates = rates
  }
}
