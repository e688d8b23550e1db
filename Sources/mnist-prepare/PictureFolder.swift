import NNCommand
import NNCore

/// Writes pictures as PNG files, `CLASS/INDEX.png`, or `INDEX.png` where there are no labels.
struct PictureFolder {
  private let dataset: Dataset

  init(_ dataset: Dataset) {
    self.dataset = dataset
  }

  /// Makes the folder `path` with all pictures in it, or nothing.
  ///
  /// - Throws: `FileError`, of kind `cannotCreate` if there is something at `path` that is not an empty folder.
  func write(to path: String, _ threads: ThreadOptions, _ progress: Progress) throws {
    guard case .pixels(let bytes, let rows, let columns) = dataset.inputs else {
      throw FileError(.badData, file: dataset.source, "holds features, not pictures")
    }
    let final = path.hasSuffix("/") ? String(path.dropLast()) : path
    if Directory.exists(final), try !Directory.names(in: final).isEmpty {
      throw FileError(.cannotCreate, file: path, "is a folder with something in it")
    }
    if let name = dataset.classes.first(where: { $0.contains("/") || $0.hasPrefix(".") }) {
      throw FileError(.badData, file: dataset.source, "has a class named '\(name)', which can't be a folder's name")
    }
    let temporary = Litter.temporaryName(beside: final)
    try Litter.add(temporary) { try makeFolder(temporary, for: path) }
    for name in dataset.labels == nil ? [] : Set((dataset.labels ?? []).map { dataset.classes[Int($0)] }) {
      try Litter.add(temporary) { try makeFolder(temporary + "/" + name, for: path) }
    }
    let digits = String(dataset.count - 1).count
    let pool = threads.pool(forPieces: dataset.count / 16)
    try pool.forEachInOrder(dataset.count) { _, index in
      Bytes(PNG.encode(grey: [UInt8](bytes[index * rows * columns..<(index + 1) * rows * columns]), width: columns, height: rows))
    } consume: { index, picture in
      let number = String(index)
      let folder = dataset.labels.map { dataset.classes[Int($0[index])] + "/" } ?? ""
      let name = folder + String(repeating: "0", count: digits - number.count) + number + ".png"
      try Litter.add(temporary) {
        let output = try Output(following: temporary + "/" + name, appending: false)
        try output.write(picture)
        try output.commit()
      }
      if index % 256 == 0 { progress.bar(index, of: dataset.count) }
    }
    progress.clear()
    try Litter.release(temporary) {
      guard rename(temporary, final) == 0 else { throw FileError.system(.cannotCreate, file: path) }
    }
  }

  private func makeFolder(_ folder: String, for path: String) throws {
    guard mkdir(folder, 0o777) == 0 else { throw FileError.system(.cannotCreate, file: path) }
  }
}
