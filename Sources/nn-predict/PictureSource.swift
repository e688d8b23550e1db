import NNCommand
import NNCore

/// The pictures named on the command line, in order, each found when it is needed.
struct PictureSource {
  private var operands: ArraySlice<String>
  private var list: FileNameList?
  /// The remaining files of the current folder.
  private var files: ArraySlice<String> = []
  /// Standard input, opened first so that a terminal is reported at once.
  private let standardInput: InputFile?
  /// The pictures on standard input while it is read, and the number of pictures so far.
  private var pipe: (pictures: PicturePipe, count: Int)?
  private var stages: StageFolders?
  private let note: (String) -> Void

  /// - Parameters:
  ///   - names: the names of files and folders, and `-` for standard input.
  ///   - list: more names; nil for none.
  ///   - note: is called with what a user should know about a folder.
  /// - Throws: `Failure` if standard input is a terminal.
  init(
    _ names: [String], list: FileNameList?, stages: StageFolders?, _ operands: Operands,
    note: @escaping (String) -> Void
  ) throws {
    self.operands = names[...]
    self.list = list
    standardInput = try names.contains("-") ? operands.open("-") : nil
    (self.stages, self.note) = (stages, note)
  }

  /// The number of pictures if it is known, otherwise `Int.max`.
  var countAtMost: Int {
    list != nil || operands.contains { $0 == "-" || Directory.exists($0) } ? .max : operands.count
  }

  /// The next picture; nil at the end. Errors are thrown only when the picture is read.
  mutating func next() -> NamedPicture? {
    do {
      guard var picture = try nextContent() else { return nil }
      picture.stageFolder = stages?.next(for: picture.name)
      return picture
    } catch {
      return NamedPicture(name: "", content: .failure(error))
    }
  }

  private mutating func nextContent() throws -> NamedPicture? {
    while true {
      if let file = files.popFirst() { return NamedPicture(name: file, content: .file) }
      if let picture = try nextPiped() { return picture }
      guard let operand = try operands.popFirst() ?? list?.next() else { return nil }
      if operand == "-", let standardInput {
        pipe = (PicturePipe(standardInput), 0)
      } else if Directory.exists(operand) {
        let listing = try Directory.listing(below: operand, where: PictureFile.hasEnding)
        let others = listing.others.isEmpty ? nil : SkippedFiles(listing.others)
        guard !listing.files.isEmpty else {
          throw FileError(.badData, file: operand, "holds no PNG or JPEG files" + (others.map { ", only \($0)" } ?? ""))
        }
        if let others { note("\(operand): \(others) skipped: not PNG or JPEG") }
        files = listing.files[...]
      } else {
        return NamedPicture(name: operand, content: .file)
      }
    }
  }

  private mutating func nextPiped() throws -> NamedPicture? {
    guard let standardInput, var (pictures, count) = pipe else { return nil }
    // After an error, standard input isn't read again.
    pipe = nil
    guard let bytes = try pictures.next() else { return nil }
    count += 1
    pipe = (pictures, count)
    return NamedPicture(name: count == 1 ? "-" : "-:\(count)", content: .piped(bytes, number: count, of: standardInput))
  }
}
