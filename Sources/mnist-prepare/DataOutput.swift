import NNCommand
import NNCore

/// The destination of one data set, opened before the work begins: one file, two files if labels have their own, or a
/// folder.
struct DataOutput {
  private let format: OutputFormat
  private let path: String
  private let file: Output?
  private let labelsFile: Output?

  /// - Parameter format: nil to detect it from the ending of `path`.
  /// - Throws: `FileError` or `Failure` if the output can't be created.
  init(_ path: String?, format chosen: OutputFormat?) throws {
    self.path = path ?? "-"
    guard chosen != nil || !OutputFormat.isOther(ending: self.path) else {
      throw Failure.usage(
        "\(self.path): its ending names a form that is not written: choose another, or say which with --to")
    }
    format = Self.format(of: self.path, chosen)
    guard let encoding = format.encoding else {
      guard self.path != "-" else { throw Failure.usage("--to png needs -o FOLDER") }
      (file, labelsFile) = (nil, nil)
      return
    }
    if Self.isCompressed(self.path), !encoding.mayBeCompressed {
      throw Failure.usage("\(self.path): \(format.rawValue) is not written compressed")
    }
    file = try Output(path, isBinary: encoding != .csv && encoding != .libsvm)
    labelsFile = encoding.isPair && self.path != "-" ? try Output(Self.labelsPath(beside: self.path)) : nil
  }

  private static func format(of path: String, _ chosen: OutputFormat?) -> OutputFormat {
    chosen ?? OutputFormat(ending: path) ?? .safetensors
  }

  private static func isCompressed(_ path: String) -> Bool { path.lowercased().hasSuffix(".gz") }

  /// The files that are written for the output `path`: the file itself, and the file of its labels.
  static func files(of path: String, format chosen: OutputFormat?) -> [String] {
    let hasLabels = Self.format(of: path, chosen).encoding?.isPair == true && path != "-"
    return [path] + (hasLabels ? [labelsPath(beside: path)] : [])
  }

  /// Returns the name of the file of labels: `train-labels-idx1-ubyte.gz` for `train-images-idx3-ubyte.gz`, and
  /// `digits-labels.npy` for `digits.npy`.
  private static func labelsPath(beside path: String) -> String {
    let (folder, name) = FileName.split(path)
    if name.contains("images") {
      return folder + name.replacing("images", with: "labels").replacing("idx3", with: "idx1")
    }
    let dot = name.dropFirst().firstIndex(of: ".") ?? name.endIndex
    return folder + name[..<dot] + "-labels" + name[dot...]
  }

  /// Writes the data, whole or not at all.
  func write(_ dataset: Dataset, tool: String, columns: Int, _ threads: ThreadOptions, _ progress: Progress) throws {
    guard let encoding = format.encoding, let file else {
      return try PictureFolder(dataset).write(to: path, threads, progress)
    }
    if encoding.isPair, dataset.labels != nil, labelsFile == nil {
      throw Failure.usage("\(format.rawValue) keeps labels in a second file: give -o FILE")
    }
    try write(to: file) { write in
      try dataset.write(
        as: encoding, tool: tool, columns: columns, pool: { threads.pool(forPieces: $0) },
        report: { progress.bar($0, of: $1) }, to: write)
    }
    progress.clear()
    if let labelsFile, dataset.labels != nil {
      try write(to: labelsFile) { try dataset.writeLabels(as: encoding, to: $0) }
      try labelsFile.commit()
    }
    try file.commit()
  }

  private func write(to output: Output, _ body: (@escaping (Bytes) throws -> Void) throws -> Void) throws {
    guard Self.isCompressed(path) else { return try body { try output.write($0) } }
    let gzip = GzipWriter { try output.write($0) }
    try body { try gzip.append($0) }
    try gzip.finish()
  }
}
