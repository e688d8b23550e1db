import ArgumentParser
import NNCore

/// The settings that were given on the command line, with their values.
struct GivenSettings: ExpressibleByArrayLiteral {
  private let settings: [(setting: OptimizerSetting, value: Double)]

  /// - Parameter elements: settings with their values, nil for one that wasn't given.
  init(arrayLiteral elements: (OptimizerSetting, Double?)...) {
    settings = elements.compactMap { setting, value in value.map { (setting, $0) } }
  }

  var isEmpty: Bool { settings.isEmpty }

  func requireInRange() throws {
    for (setting, value) in settings where !setting.range.contains(value) {
      throw ValidationError("--\(setting.optionName) takes \(setting.range.rawValue).")
    }
  }

  func apply(to plan: inout TrainingPlan) {
    for (setting, value) in settings { plan[keyPath: setting.keyPath] = value }
  }
}

extension OptimizerSetting {
  var optionName: String { name.replacing("_", with: "-") }
  var argumentHelp: ArgumentHelp { ArgumentHelp("\(help)", valueName: "x") }
}
