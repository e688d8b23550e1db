import ArgumentParser
import NNCore

/// Options for what is done with pictures before a network sees them.
package struct TreatmentOptions: ParsableArguments {
  @Flag(help: "Take pictures as they are, whatever their size; ink is white on black.")
  package var raw = false

  @Flag(help: "Normalize even pictures that already are as MNIST's digits are.")
  package var normalize = false

  package init() {}

  package func validate() throws {
    guard !(raw && normalize) else { throw ValidationError("--raw and --normalize exclude each other.") }
  }

  package var chosen: PictureTreatment { raw ? .raw : normalize ? .normalized : .asNeeded }
}
