/// An error in a file, with what a user needs to act on it.
///
/// `description` is one line without a trailing full stop: `train.idx.gz: byte 16: …`. It leaves out the remedy, which
/// NNCommand words.
package struct FileError: Error, CustomStringConvertible, Sendable {
  package enum Kind: Sendable {
    /// The content is malformed, truncated or doesn't fit the other inputs.
    case badData
    /// The input doesn't exist or may not be read.
    case cannotOpen
    /// The output can't be created.
    case cannotCreate
    /// Reading or writing failed midway.
    case inputOutput
    /// The input takes something that is not installed.
    case unavailable
  }

  /// A position in the file.
  package enum Place: Sendable, Equatable {
    /// Offset from the start of the file, from 0.
    case byte(Int)
    /// Number of the line, from 1.
    case line(Int)
  }

  package let kind: Kind
  package let file: String
  package let place: Place?
  package let message: String
  /// What the user can do about it.
  package let remedy: Remedy?

  package init(_ kind: Kind, file: String, at place: Place? = nil, _ message: String, remedy: Remedy? = nil) {
    self.kind = kind
    self.file = file
    self.place = place
    self.message = message
    self.remedy = remedy
  }

  /// The error of a system call, in the system's words. Call it before anything else can change `errno`.
  package static func system(_ kind: Kind, file: String, code: Int32 = errno) -> FileError {
    FileError(kind, file: file, String(cString: strerror(code)))
  }

  package var description: String {
    switch place {
    case .byte(let offset): "\(file): byte \(offset): \(message)"
    case .line(let number): "\(file): line \(number): \(message)"
    case nil: "\(file): \(message)"
    }
  }
}
