/// What our two kinds of safetensors files say of themselves.
enum FileFormat {
  static let version = "1"

  static func metadata(_ format: String) -> Safetensors.Metadata {
    var metadata = Safetensors.Metadata()
    metadata["format"] = format
    metadata["version"] = version
    return metadata
  }

  /// Whether a file says that it is one of the two.
  static func isOurs(_ metadata: Safetensors.Metadata) -> Bool {
    [Dataset.formatName, Network.formatName].contains(metadata["format"])
  }

  /// - Throws: `FileError` if the file says that it is something else, or of another version.
  static func check(_ metadata: Safetensors.Metadata, is format: String, called title: String, in file: InputFile)
    throws
  {
    switch metadata["format"] {
    case format?: break
    case Dataset.formatName?: throw file.malformed("is a data file, not \(title)")
    case Network.formatName?: throw file.malformed("is a model, not \(title)")
    case let other?: throw file.malformed("is of the format '\(other)', not \(title)")
    case nil: throw file.malformed("doesn't say its format: not \(title)")
    }
    let stored = metadata["version"] ?? "none"
    guard stored == version else {
      throw file.malformed("is of version \(stored); this program knows version \(version)")
    }
  }
}
