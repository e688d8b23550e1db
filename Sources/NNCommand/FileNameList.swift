import NNCore

/// A stream of file names, each terminated by the same byte (optional for the last): by a NUL, as `find -print0` writes
/// them, or by a line feed.
package struct FileNameList {
  package enum Terminator: UInt8, Sendable {
    case nul = 0
    case lineFeed = 10
  }

  private let file: InputFile
  private let terminator: Terminator
  private var names: ArraySlice<String> = []
  /// The beginning of a name whose rest has not arrived.
  private var begun: [UInt8] = []
  private var isAtEnd = false
  private var count = 0

  private static let blockSize = 1 << 16

  init(_ file: InputFile, _ terminator: Terminator) {
    (self.file, self.terminator) = (file, terminator)
  }

  /// The next name as soon as it arrives; nil at the end.
  ///
  /// - Throws: `FileError` of kind `badData` for an invalid name, after which the next name can be read; of kind
  ///   `inputOutput` if reading fails.
  package mutating func next() throws -> String? {
    while names.isEmpty, !isAtEnd { try read() }
    guard var name = names.popFirst() else { return nil }
    count += 1
    switch terminator {
    case .nul:
      if name.isEmpty {
        throw file.malformed("name \(count) is empty: a NUL is wanted after each name, as find -print0 has it")
      }
      if name.utf8.contains(UInt8(ascii: "\n")), name.withFileName({ access($0, F_OK) }) != 0 {
        throw file.malformed(
          "name \(count) holds line feeds and is no file: a NUL is wanted after each name, as by find -print0; "
            + "--files-from takes a name a line")
      }
    case .lineFeed:
      if name.utf8.contains(0) {
        throw file.malformed("line \(count) holds a NUL: --files0-from takes a list with a NUL after each name")
      }
      if name.utf8.last == UInt8(ascii: "\r") { name = String(name.unicodeScalars.dropLast()) }
      if name.isEmpty { return try next() }
    }
    if name == "-" { throw file.malformed("name \(count) is '-': standard input is to be named on the command line") }
    return name
  }

  private mutating func read() throws {
    isAtEnd = true
    let arrived = try file.readArrived(upTo: Self.blockSize)
    isAtEnd = arrived.isEmpty
    let parts = (begun + arrived).split(separator: terminator.rawValue, omittingEmptySubsequences: false)
    // The part after the last terminator is the beginning of a name, or empty.
    begun = isAtEnd ? [] : Array(parts[parts.count - 1])
    let whole = isAtEnd && parts[parts.count - 1] != [] ? parts[...] : parts.dropLast()
    names = whole.map { FileName.text($0) }[...]
  }
}
