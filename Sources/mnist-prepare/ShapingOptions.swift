import ArgumentParser
import NNCommand
import NNCore

/// The options that transform pictures.
struct ShapingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What pixels are to be multiplied by, as a fraction; the source's own, mostly 1/255, if not given.",
      valueName: "a/b"))
  var scale: Scale?

  @Flag(help: "Swap the pictures' rows and columns, as EMNIST's need it.")
  var transpose = false

  @Option(help: ArgumentHelp("Make pictures of so many rows and columns.", valueName: "rxc"))
  var resize: PictureShape?

  @Flag(help: "Make white of black and black of white.")
  var invert = false

  /// The examples with their pictures transformed.
  ///
  /// - Throws: `FileError` if they are no pictures.
  func apply(to chosen: Dataset) throws -> Dataset {
    var dataset = chosen
    if transpose {
      dataset = try dataset.transposed()
      dataset.source += " transposed"
    }
    if let resize {
      dataset = try dataset.resized(resize)
      dataset.source += " resized to \(resize)"
    }
    if invert {
      dataset = try dataset.inverted()
      dataset.source += " inverted"
    }
    if let scale { dataset.scale = scale }
    return dataset
  }
}
