import NNCommand
import NNCore

/// The folders for the normalization stages of pictures: one for each picture, with unique names, all in a base folder.
struct StageFolders {
  private let base: String
  private var taken: Set<String> = []

  /// Makes the base folder.
  ///
  /// - Throws: `FileError` of kind `cannotCreate` if the folder can't be made or is not empty.
  init(_ base: String) throws {
    self.base = base
    if Directory.exists(base) {
      guard try Directory.names(in: base).isEmpty else {
        throw FileError(.cannotCreate, file: base, "is a folder with something in it")
      }
    } else if base.withFileName({ mkdir($0, 0o777) }) != 0 {
      throw FileError.system(.cannotCreate, file: base)
    }
  }

  /// The folder of the next picture: the last part of its name without its ending, with a number if the name is taken.
  mutating func next(for name: String) -> String {
    var stem = name == "-" ? "standard-input" : FileName.split(name).name
    if name.hasPrefix("-:") { stem = "standard-input-" + name.dropFirst(2) }
    stem = PictureFile.stem(stem)
    // File names have at most 255 bytes. Names of hidden files, `.` and `..` are avoided.
    stem = String(decoding: stem.utf8.prefix(200), as: UTF8.self)
    if stem.isEmpty || stem.hasPrefix(".") { stem = "picture" + stem }
    // Some file systems ignore case.
    let free = (1...).lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }.first { !taken.contains($0.lowercased()) }!
    taken.insert(free.lowercased())
    return base + "/" + free
  }
}
