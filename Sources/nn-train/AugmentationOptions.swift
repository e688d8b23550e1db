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

  /// Puts what was given into `plan`.
  ///
  /// - Throws: `ValidationError` for numbers out of range, and for numbers of a distortion that isn't asked for.
  func apply(to plan: inout TrainingPlan) throws {
    let base = noAugment ? AugmentationKind.none : plan.augmentation
    let chosen = try distortion.chosen(scaling: (scale, "--scale"), over: base)
    plan.augmentation = noAugment ? .none : chosen ?? base
  }
}
