import NNCommand
import NNCore

/// Writes pictures as PNG files, `CLASS/INDEX.png`, or `INDEX.png` where there are no labels.
struct PictureFolder {
  private let dataset: Dataset

  init(_ dataset: Dataset) {
    self.dataset = dataset
  }

  /// Creates the folder `path` with all pictures, or nothing.
  ///
  /// - Throws: `FileError`, of kind `cannotCreate` if there is something at `path` that is not an empty folder.
  func write(to path: String, _ threads: ThreadOptions, _ progress: Progress) throws {
    guard case .pixels(_, let rows, let columns) = dataset.inputs else {
      throw FileError(.badData, file: dataset.source, "holds features, not pictures")
    }
    let final = path.hasSuffix("/") ? String(path.dropLast()) : path
    if Directory.exists(final), try !Directory.names(in: final).isEmpty {
      throw FileError(.cannotCreate, file: path, "is a folder with something in it")
    }
    if let name = dataset.classes.first(where: { $0.contains("/") || $0.hasPrefix(".") }) {
      throw FileError(.badData, file: dataset.source, "has a class named '\(name)', which can't be a folder's name")
    }
    let temporary = TemporaryFiles.temporaryName(beside: final)
    try TemporaryFiles.add(temporary) {
      guard temporary.withFileName({ mkdir($0, 0o777) }) == 0 else { throw FileError.system(.cannotCreate, file: path) }
    }
    let folder = try OpenFolder(path: temporary)
    for name in Set((dataset.labels ?? []).map { dataset.classes[Int($0)] }) {
      try TemporaryFiles.add(temporary) { try folder.addFolder(name) }
    }
    try addPictures(to: folder, PictureShape(rows: rows, columns: columns), threads, progress)
    progress.clear()
    try TemporaryFiles.release(temporary) {
      guard temporary.withFileName({ name in final.withFileName { rename(name, $0) } }) == 0 else {
        throw FileError.system(.cannotCreate, file: path)
      }
    }
  }

  /// Encodes and writes the pictures in parallel.
  private func addPictures(
    to folder: OpenFolder, _ shape: PictureShape, _ threads: ThreadOptions, _ progress: Progress
  ) throws {
    let blockLength = 64
    let digits = String(max(dataset.count - 1, 0)).count
    let pool = threads.pool(forPieces: dataset.count / blockLength)
    let encoders = (0..<pool.count).map { _ in GreyPNGEncoder(width: shape.columns, height: shape.rows) }
    try pool.forEachInOrder((dataset.count + blockLength - 1) / blockLength) { worker, block in
      Result {
        for index in block * blockLength..<min((block + 1) * blockLength, dataset.count) {
          let number = String(index)
          let name = String(repeating: "0", count: digits - number.count) + number + ".png"
          let inner = dataset.labels.map { dataset.classes[Int($0[index])] + "/" + name } ?? name
          let file = encoders[worker].encode(dataset.example(index))
          try TemporaryFiles.inside { try folder.add(inner, file) }
        }
      }
    } consume: { block, result in
      try result.get()
      progress.bar(block * blockLength, of: dataset.count)
    }
  }
}
