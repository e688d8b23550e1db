import ArgumentParser
import NNCore

/// What --augment asks for: plain, which is what it asks for when it stands alone, or parts with commas between.
package enum AugmentationArgument: ExpressibleByArgument, Sendable {
  case plain
  case parts(Set<DistortionSetting.Part>)

  package init?(argument: String) {
    guard argument != Self.plainName else {
      self = .plain
      return
    }
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    let parts = names.compactMap { DistortionSetting.Part(rawValue: String($0)) }
    guard parts.count == names.count else { return nil }
    self = .parts(Set(parts))
  }

  package static let plainName = "plain"
  static var names: [String] { [plainName] + DistortionSetting.Part.allCases.map(\.rawValue) }
}
