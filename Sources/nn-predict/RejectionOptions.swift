import ArgumentParser
import NNCommand
import NNCore

/// Options for rejecting pictures.
struct RejectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Give no digit, but \"-\" and a reason, where none is as likely as that.", valueName: "p"))
  var minProbability: Float = 0

  @Flag(help: "End with status 65 if any picture got no digit.")
  var strict = false

  func validate() throws {
    guard (0...1).contains(minProbability) else { throw ValidationError("--min-probability takes a number of 0 to 1.") }
  }

  /// Ends the run.
  ///
  /// - Throws: `AlreadyReported` with `--strict` if a picture was rejected, which its output line already reports.
  func finish(isStrictlyDone: Bool) throws {
    if strict, !isStrictlyDone { throw AlreadyReported(.badData) }
  }
}
