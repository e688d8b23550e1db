import ArgumentParser
import NNCore

/// How pictures are drawn anew. The commands name the option for scaling each in their own way.
package struct DistortionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Draw each picture anew: turned, leaned, stretched and moved a little; or by a list of affine, elastic, "
        + "thickness.", valueName: "list"),
    completion: .list(AugmentationArgument.names))
  package var augment: AugmentationArgument?

  @Option(help: ArgumentHelp("Turn by at most so many degrees (affine; default: 15).", valueName: "degrees"))
  var rotate: Double?

  @Option(
    help: ArgumentHelp(
      "Lean by at most so many pixels to the side for each pixel down (affine; default: 0.15).", valueName: "share"))
  var shear: Double?

  @Option(help: ArgumentHelp("Move by at most so many pixels (affine; default: 1).", valueName: "pixels"))
  var shift: Double?

  @Option(
    help: ArgumentHelp(
      "Width and strength of elastic distortion (default: 6:36).", valueName: "sigma:alpha"))
  var elastic: ElasticArgument?

  @Option(
    help: ArgumentHelp("Move the edges of strokes by at most so many pixels (default: 0.3).", valueName: "pixels"))
  var thickness: Double?

  package init() {}

  /// What was asked for; nil if nothing was.
  ///
  /// - Parameters:
  ///   - scaling: the value of the command's option for scaling, and its name.
  ///   - base: how pictures are drawn anew if nothing is asked for. Without --augment, given numbers replace its own.
  /// - Throws: `ValidationError` for numbers out of range, and for options whose part isn't asked for.
  package func chosen(
    scaling: (value: Double?, name: String), over base: AugmentationKind = .none
  ) throws -> AugmentationKind? {
    let given: [(setting: DistortionSetting, value: Double?, name: String)] = [
      (.rotate, rotate, "--rotate"), (.scale, scaling.value, scaling.name), (.shear, shear, "--shear"),
      (.shift, shift, "--shift"), (.sigma, elastic?.sigma, "--elastic"), (.alpha, elastic?.alpha, "--elastic"),
      (.thickness, thickness, "--thickness"),
    ]
    var values: [DistortionSetting: Double] = [:]
    if augment == nil, case .distortions(let before) = base { values = before }
    var parts = Set(values.keys.map(\.part))
    if case .parts(let wanted) = augment { parts = wanted }
    for (setting, value, name) in given {
      guard parts.contains(setting.part) else {
        guard value == nil else {
          throw ValidationError("\(name) goes with --augment \(setting.part.rawValue).")
        }
        continue
      }
      if let value, !setting.range.contains(value) {
        throw ValidationError(
          "\(name) takes a number of \(Self.text(setting.range.lowerBound)) to \(Self.text(setting.range.upperBound)).")
      }
      values[setting] = value ?? values[setting] ?? setting.standard
    }
    return switch augment {
    case nil: values.isEmpty ? nil : .distortions(values)
    case .plain: .plain
    case .parts: .distortions(values)
    }
  }

  private static func text(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }
}
