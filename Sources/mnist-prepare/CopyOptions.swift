import ArgumentParser
import NNCommand
import NNCore

/// The options for pictures that are drawn anew.
struct CopyOptions: ParsableArguments {
  @OptionGroup var distortion: DistortionOptions

  @Option(
    name: .customLong("zoom"),
    help: ArgumentHelp("Stretch or shrink by at most such a share (affine; default: 0.15).", valueName: "share"))
  var scale: Double?

  @Option(help: ArgumentHelp("Draw each picture N times (default: 1).", valueName: "n"))
  var copies: Int?

  func validate() throws {
    _ = try kind
    if let copies {
      guard distortion.augment != nil else { throw ValidationError("--copies goes with --augment.") }
      guard (1...1_000_000).contains(copies) else {
        throw ValidationError("--copies takes a number of 1 to 1000000.")
      }
    }
  }

  private var kind: AugmentationKind? { get throws { try distortion.chosen(scaling: (scale, "--zoom")) } }

  /// The examples with their pictures drawn anew.
  ///
  /// - Throws: `FileError` if they are no pictures.
  func apply(to dataset: Dataset, seed: UInt32, _ threads: ThreadOptions) throws -> Dataset {
    guard let kind = try kind else { return dataset }
    var redrawn = try dataset.redrawn(kind, seed: seed, copies: copies ?? 1, pool: threads.pool)
    redrawn.source += " drawn anew by \(seed), \(kind == .plain ? "plain" : kind.description)"
    return redrawn
  }
}
