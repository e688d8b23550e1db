import NNCommand
import NNCore

/// The pictures that the command line names, in order, each fetched when it is asked for.
struct PictureSource {
  private var operands: ArraySlice<String>
  private var list: FileNameList?
  /// What is left of the folder at hand.
  private var files: ArraySlice<String> = []
  /// Standard input, opened before all else so that a terminal is told at once.
  private let standardInput: InputFile?
  /// Pictures of standard input while they come, and how many have come.
  private var pipe: (pictures: PNGPipe, count: Int)?
  private var stages: StageFolders?

  /// - Parameters:
  ///   - names: files, folders and `-`.
  ///   - list: a file of more of them, `-` for standard input.
  /// - Throws: `FileError` if the list can't be opened; `Failure` if standard input is a terminal.
  init(_ names: [String], list: String?, stages: StageFolders?, _ operands: Operands) throws {
    self.operands = names[...]
    self.list = try list.map { try FileNameList(operands.open($0)) }
    standardInput = try names.contains("-") ? operands.open("-") : nil
    self.stages = stages
  }

  /// How many pictures there are, as far as that can be told; else a great number.
  var countAtMost: Int {
    list != nil || operands.contains { $0 == "-" || Directory.exists($0) } ? .max : operands.count
  }

  /// The next picture; nil at the end. What is wrong with one is told when it is read.
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
        pipe = (PNGPipe(standardInput), 0)
      } else if Directory.exists(operand) {
        files = try Directory.files(below: operand, ending: ".png")[...]
        guard !files.isEmpty else { throw FileError(.badData, file: operand, "holds no PNG files") }
      } else {
        return NamedPicture(name: operand, content: .file)
      }
    }
  }

  private mutating func nextPiped() throws -> NamedPicture? {
    guard let standardInput, var (pictures, count) = pipe else { return nil }
    // Should reading fail, it isn't tried again.
    pipe = nil
    guard let bytes = try pictures.next() else { return nil }
    count += 1
    pipe = (pictures, count)
    return NamedPicture(name: count == 1 ? "-" : "-:\(count)", content: .piped(bytes, number: count, of: standardInput))
  }
}
