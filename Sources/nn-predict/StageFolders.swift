import NNCommand
import NNCore

/// The folders in which pictures' ways through the normaliser are kept: one a picture, none named twice, all below one.
struct StageFolders {
  private let base: String
  private var taken: Set<String> = []

  /// Makes the folder for all.
  ///
  /// - Throws: `FileError` of kind `cannotCreate` if it can't be made, or has something in it.
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

  /// The folder of the next picture: the last part of its name without `.png`, with a number if that is taken.
  mutating func next(for name: String) -> String {
    var stem = name == "-" ? "standard-input" : FileName.split(name).name
    if name.hasPrefix("-:") { stem = "standard-input-" + name.dropFirst(2) }
    if stem.lowercased().hasSuffix(".png") { stem.removeLast(4) }
    // A name has room for 255 bytes; and one that is hidden, or means another folder, is of no use here.
    stem = String(decoding: stem.utf8.prefix(200), as: UTF8.self)
    if stem.isEmpty || stem.hasPrefix(".") { stem = "picture" + stem }
    // Some systems don't tell capitals from small letters.
    let free = (1...).lazy.map { $0 == 1 ? stem : "\(stem)-\($0)" }.first { !taken.contains($0.lowercased()) }!
    taken.insert(free.lowercased())
    return base + "/" + free
  }
}
