import NNCommand
import NNCore

/// A picture, or what keeps it from being had.
struct NamedPicture {
  enum Content {
    /// The file of the picture's name.
    case file
    /// One of several on standard input, counted from 1.
    case piped(Bytes, number: Int, of: InputFile)
    case failure(any Error)
  }

  let name: String
  let content: Content
  /// Where its stages are to be written.
  var stageFolder: String?

  /// Calls `body` with the bytes, and the file that errors are told of.
  ///
  /// - Throws: `FileError`, and what `body` throws.
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
