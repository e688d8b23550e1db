import NNCommand
import NNCore

/// A picture of the input with its name, or the error met in finding it.
struct NamedPicture {
  enum Content {
    /// The picture is in the file of its name.
    case file
    /// The picture came on standard input as the picture `number`, counted from 1.
    case piped(Bytes, number: Int, of: InputFile)
    case failure(any Error)
  }

  let name: String
  let content: Content
  /// The folder for the picture's normalization stages; nil to write none.
  var stageFolder: String?

  /// Calls `body` with the picture's bytes and with the file to name in errors.
  ///
  /// - Throws: `FileError` if the picture can't be read, and the errors of `body`.
  func read<Result>(_ body: (Bytes, InputFile) throws -> Result) throws -> Result {
    switch content {
    case .failure(let error): throw error
    case .file:
      let file = try InputFile(path: name)
      let bytes = try file.contents()
      guard DataFormat(bytes) != .safetensors else {
        throw file.malformed("is a model or a data file, not a picture: a model needs a --model of its own before it")
      }
      return try body(bytes, file)
    case .piped(let bytes, let number, let file):
      do {
        return try body(bytes, file)
      } catch let error as FileError where number > 1 {
        throw FileError(
          error.kind, file: "\(file.name), picture \(number)", at: error.place, error.message, remedy: error.remedy)
      }
    }
  }
}
