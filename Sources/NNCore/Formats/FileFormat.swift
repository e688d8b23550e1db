/// The two formats of the suite's own safetensors files, as their metadata name them.
package enum FileFormat: String {
  case data = "nn-data"
  case model = "nn-model"

  private static let version = "1"

  package var title: String {
    switch self {
    case .data: "a data file"
    case .model: "a model"
    }
  }

  /// The metadata that every file of this format begins with.
  var metadata: Safetensors.Metadata {
    var metadata = Safetensors.Metadata()
    metadata["format"] = rawValue
    metadata["version"] = Self.version
    return metadata
  }

  /// Whether a file's metadata name one of the two formats.
  static func isOurs(_ metadata: Safetensors.Metadata) -> Bool {
    metadata["format"].flatMap(FileFormat.init) != nil
  }

  /// - Throws: `FileError` of kind `badData` if a file's metadata name another format or another version.
  func check(_ metadata: Safetensors.Metadata, in file: InputFile) throws {
    guard let format = metadata["format"] else { throw file.malformed("doesn't say its format: not \(title)") }
    if format != rawValue {
      let found = FileFormat(rawValue: format)?.title ?? "of the format '\(format)'"
      throw file.malformed("is \(found), not \(title)")
    }
    let stored = metadata["version"] ?? "none"
    guard stored == Self.version else {
      throw file.malformed("is of version \(stored); this program knows version \(Self.version)")
    }
  }
}
