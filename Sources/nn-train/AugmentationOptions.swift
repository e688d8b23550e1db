import ArgumentParser
import NNCommand
import NNCore

/// Whether and how pictures are drawn anew for training.
struct AugmentationOptions: ParsableArguments {
  @OptionGroup var distortion: DistortionOptions

  @Flag(help: "Take the pictures as they are (default).")
  var noAugment = false

  @Option(help: ArgumentHelp("Stretch or shrink by at most such a share (affine; default: 0.15).", valueName: "share"))
  var scale: Double?

  func validate() throws { _ = try chosen }

  /// What was asked for; nil if nothing was.
  var chosen: AugmentationKind? {
    get throws {
      let chosen = try distortion.chosen(scaling: (scale, "--scale"))
      return noAugment ? AugmentationKind.none : chosen
    }
  }
}
