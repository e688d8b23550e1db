/// PNG and JPEG files and their labels.
///
/// The labels of a folder's pictures come from `labels.tsv` or `labels.csv` in the folder, which then names the files;
/// else from the names of inner folders; else from file names such as `7_0123.png`.
struct LabeledPictures {
  let files: [String]
  let labels: LabelNames?
  /// What is in the folder and was skipped.
  private(set) var notes: [DataNote] = []

  /// The pictures of a folder.
  ///
  /// - Throws: `FileError` if there are no pictures, or the list of labels is malformed.
  init(in folder: String) throws {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let list = try Directory.names(in: folder).first { ["labels.tsv", "labels.csv"].contains($0) }
    let found = try Directory.listing(below: folder, where: PictureFile.hasEnding)
    let others = found.others.filter { $0 != base + (list ?? "") }
    if !others.isEmpty { notes.append(DataNote(of: folder, "\(SkippedFiles(others)) skipped: not PNG or JPEG")) }
    if let list {
      let file = try InputFile(path: base + list)
      let rows = try PictureLabelList(file.contents(), in: base, labelColumn: nil, of: file)
      (files, labels) = (rows.files, rows.labels)
      let listed = Set(files)
      let unlisted = found.files.filter { !listed.contains($0) }
      if !unlisted.isEmpty { notes.append(DataNote(of: folder, "\(SkippedFiles(unlisted)) skipped: not in \(list)")) }
      return
    }
    guard !found.files.isEmpty else {
      let beside = others.isEmpty ? "" : ", only \(SkippedFiles(others))"
      throw FileError(.badData, file: folder, "holds neither MNIST's files nor PNG or JPEG files" + beside)
    }
    files = Self.ordered(found.files)
    labels = try Self.labels(files.map { Substring($0.utf8.dropFirst(base.utf8.count)) }, folder)
  }

  /// The pictures that a table names, by paths relative to its folder.
  ///
  /// - Throws: `FileError` if the table is malformed, or names a missing file.
  init(listedIn bytes: Bytes, labelColumn: LabelColumn?, of file: InputFile) throws {
    let folder = file.isStandardInput ? "" : FileName.split(file.name).folder
    let list = try PictureLabelList(bytes, in: folder, labelColumn: labelColumn, of: file)
    (files, labels) = (list.files, list.labels)
  }

  /// Pictures that are named one by one, in that order. Their labels come from their names, as in a folder that holds
  /// all of them; pictures in folders of different depth have none.
  ///
  /// - Precondition: there is at least one.
  /// - Throws: `FileError` of kind `badData` if only a few of the names have no label.
  init(_ files: [String]) throws {
    self.files = files
    let folder = Self.commonFolder(of: files)
    let inner = files.map { Substring($0.utf8.dropFirst(folder.utf8.count)) }
    let areAlike = Set(inner.map { Self.folder($0) == nil }).count == 1
    labels = areAlike ? try Self.labels(inner, folder.isEmpty ? "the pictures" : folder) : nil
  }

  /// The path of the innermost folder, with its slash, that holds all files; empty for the working folder.
  private static func commonFolder(of files: [String]) -> String {
    var common = FileName.split(files[0]).folder
    for file in files {
      while !file.utf8.starts(with: common.utf8) { common = FileName.split(String(common.dropLast())).folder }
    }
    return common
  }

  /// If all files have different numbers as names, they are ordered by number across all folders, so that a data set
  /// written as pictures keeps its order.
  private static func ordered(_ paths: [String]) -> [String] {
    var numbers: [Int] = []
    for path in paths {
      guard let number = Int(PictureFile.stem(name(path[...]))) else { return paths }
      numbers.append(number)
    }
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    let areDifferent = zip(order, order.dropFirst()).allSatisfy { numbers[$0] < numbers[$1] }
    return areDifferent ? order.map { paths[$0] } : paths
  }

  private static let slash = UInt8(ascii: "/")

  private static func name(_ path: Substring) -> Substring {
    Substring(path.utf8.lastIndex(of: slash).map { path.utf8[$0...].dropFirst() } ?? path.utf8)
  }

  /// The name of the innermost folder of a path; nil for a path without folders.
  private static func folder(_ path: Substring) -> Substring? {
    path.utf8.lastIndex(of: slash).map { name(path[..<$0]) }
  }

  private static func labels(_ paths: [Substring], _ folder: String) throws -> LabelNames? {
    let folders = paths.map(Self.folder)
    let texts: [Substring]
    if folders.allSatisfy({ $0 != nil }) {
      texts = folders.map { $0! }
    } else {
      guard folders.allSatisfy({ $0 == nil }) else {
        throw FileError(
          .badData, file: folder, "holds pictures both in folders, which would be classes, and outside of them")
      }
      texts = paths.map { $0.prefix { $0.isASCII && $0.isNumber } }
      let unmarked = zip(paths, texts).filter { path, digits in
        digits.isEmpty || digits.count == path.count || !"_-".contains(path[digits.endIndex])
      }
      guard unmarked.isEmpty else {
        // Where most names begin with a label, the others are more likely mistakes than the labels are chance.
        guard unmarked.count * 2 < paths.count else { return nil }
        let marked = paths.count - unmarked.count
        throw FileError(
          .badData, file: folder,
          "\(unmarked[0].0) has no label in its name, but \(marked) of \(paths.count) pictures have one")
      }
    }
    var labels = LabelNames()
    do {
      for text in texts { try labels.append(String(text)) }
    } catch {
      throw FileError(.badData, file: folder, "\(error.description)")
    }
    return labels
  }

  /// Decodes all pictures in parallel and returns their pixels in order.
  ///
  /// - Throws: `FileError` for the first file that isn't a picture of a digit or, if pictures keep their size, differs
  ///   in size from the first.
  func read(
    _ treatment: PictureTreatment, maxPixels: Int, pool: (Int) -> WorkerPool,
    report: (_ done: Int, _ total: Int) -> Void
  ) throws -> (inputs: Dataset.Inputs, note: DataNote?) {
    var pictures = PictureRows(count: files.count)
    let pool = pool((files.count + PictureRows.blockLength - 1) / PictureRows.blockLength)
    let readers = (0..<pool.count).map { _ in (files: SmallFileReader(), decoder: PNGDecoder()) }
    var rest = files[...]
    try pictures.append(of: files.count, pool: pool, report: report) {
      defer { rest = rest.dropFirst(PictureRows.blockLength) }
      return rest.isEmpty ? nil : rest.prefix(PictureRows.blockLength)
    } decode: { worker, _, path in
      try readers[worker].files.read(path) { bytes in
        readers[worker].decoder.decode(bytes, maxPixels: maxPixels).flatMap { DigitPicture($0, treatment) }
      } other: { file in
        try DigitPicture(file.contents(), of: file, treatment, maxPixels: maxPixels)
      }
    } name: { place in
      files[place]
    }
    let note = pictures.note(of: Self.commonFolder(of: files))
    return (try pictures.inputs(), note)
  }
}
