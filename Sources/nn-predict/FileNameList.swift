import NNCore

/// A stream of file names, each terminated by a NUL (optional for the last), as `find -print0` writes them.
struct FileNameList {
  private let file: InputFile
  private var names: ArraySlice<String> = []
  /// The beginning of a name whose rest has not arrived.
  private var begun: [UInt8] = []
  private var isAtEnd = false
  private var count = 0

  private static let blockSize = 1 << 16

  init(_ file: InputFile) {
    self.file = file
  }

  /// The next name as soon as it arrives; nil at the end.
  ///
  /// - Throws: `FileError` of kind `badData` for an invalid name, after which the next name can be read; of kind
  ///   `inputOutput` if reading fails.
  mutating func next() throws -> String? {
    while names.isEmpty, !isAtEnd { try read() }
    guard let name = names.popFirst() else { return nil }
    count += 1
    if name.isEmpty {
      throw file.malformed("name \(count) is empty: a NUL is wanted after each name, as find -print0 has it")
    }
    if name.utf8.contains(UInt8(ascii: "\n")), name.withFileName({ access($0, F_OK) }) != 0 {
      throw file.malformed(
        "name \(count) holds line feeds and is no file: a NUL is wanted after each name, as by find -print0")
    }
    if name == "-" { throw file.malformed("name \(count) is '-': standard input is to be named on the command line") }
    return name
  }

  private mutating func read() throws {
    isAtEnd = true
    let arrived = try file.readArrived(upTo: Self.blockSize)
    isAtEnd = arrived.isEmpty
    let parts = (begun + arrived).split(separator: 0, omittingEmptySubsequences: false)
    // The part after the last NUL is the beginning of a name, or empty.
    begun = isAtEnd ? [] : Array(parts[parts.count - 1])
    let whole = isAtEnd && parts[parts.count - 1] != [] ? parts[...] : parts.dropLast()
    names = whole.map { FileName.text($0) }[...]
  }
}
