/// The PNG files of a folder and what is said of their labels.
///
/// Labels come from `labels.tsv` or `labels.csv` in the folder, which then names the files; else from the folders that
/// the files lie in; else from names such as `7_0123.png`.
struct PictureFiles {
  let files: [String]
  let labels: LabelNames?

  /// - Throws: `FileError` if there are no pictures, or what lists them is wrong.
  init(in folder: String) throws {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    let names = try Directory.names(in: folder)
    if let list = ["labels.tsv", "labels.csv"].first(where: names.contains) {
      let file = try InputFile(path: base + list)
      let rows = try LabelList(file.contents(), of: file)
      (files, labels) = (rows.files.map { base + $0 }, rows.labels)
      return
    }
    let found = try Directory.files(below: folder, ending: ".png")
    guard !found.isEmpty else { throw FileError(.badData, file: folder, "holds neither MNIST's files nor PNG files") }
    files = Self.ordered(found)
    labels = try Self.labels(files.map { Substring($0.utf8.dropFirst(base.utf8.count)) }, folder)
  }

  /// Files whose names are all different whole numbers come in the order of these, whatever folders they lie in: so a
  /// data set written as pictures keeps its order.
  private static func ordered(_ paths: [String]) -> [String] {
    var numbers: [Int] = []
    for path in paths {
      guard let number = Int(name(path[...]).dropLast(4)) else { return paths }
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

  /// The name of the folder that a file is in; nil for one in none.
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
      let areMarked = zip(paths, texts).allSatisfy { path, digits in
        !digits.isEmpty && digits.count < path.count && "_-".contains(path[digits.endIndex])
      }
      guard areMarked else { return nil }
    }
    var labels = LabelNames()
    do {
      for text in texts { try labels.append(String(text)) }
    } catch {
      throw FileError(.badData, file: folder, "\(error.description)")
    }
    return labels
  }

  /// The pixels of all, in order, decoded side by side.
  ///
  /// - Throws: `FileError` for the first that is no picture of a digit or, taken as they are, of another size than the
  ///   first.
  func read(
    isRaw: Bool, maxPixels: Int, pool: (Int) -> WorkerPool, report: (_ done: Int, _ total: Int) -> Void
  ) throws -> Dataset.Inputs {
    var pictures = PictureRows(count: files.count)
    // A few at a time: handing over takes as long as a small picture.
    let blockLength = 32
    let blockCount = (files.count + blockLength - 1) / blockLength
    let pool = pool(blockCount)
    let readers = (0..<pool.count).map { _ in (files: SmallFileReader(), decoder: PNGDecoder()) }
    try pool.forEachInOrder(blockCount) { worker, block in
      let places = block * blockLength..<min((block + 1) * blockLength, files.count)
      return Result {
        try places.map { place in
          try readers[worker].files.read(files[place]) { bytes in
            readers[worker].decoder.decode(bytes, maxPixels: maxPixels).flatMap { DigitPicture($0, isRaw: isRaw) }
          } other: { file in
            try DigitPicture(file.contents(), of: file, isRaw: isRaw, maxPixels: maxPixels)
          }
        }
      }
    } consume: { block, result in
      for (place, picture) in try result.get().enumerated() {
        try pictures.append(picture, of: files[block * blockLength + place])
      }
      report(block * blockLength, files.count)
    }
    return try pictures.inputs()
  }
}

/// What `labels.tsv` or `labels.csv` says: a file and its label a line, in columns that a header may name.
private struct LabelList {
  private(set) var files: [String] = []
  private(set) var labels = LabelNames()

  private static let fileNames: Set<String> = [
    "file", "filename", "file_name", "name", "path", "image", "picture", "id",
  ]

  init(_ bytes: Bytes, of file: InputFile) throws {
    var (fileColumn, labelColumn) = (0, 1)
    var isFirst = true
    var fields = bytes.withSpan { SeparatedText($0) }
    while let (line, row) = try bytes.withSpan({ try Self.next($0, &fields, file) }) {
      if isFirst, let label = row.firstIndex(where: CSVLayout.isLabelName) {
        labelColumn = label
        fileColumn = row.firstIndex { Self.fileNames.contains($0.lowercased()) } ?? (label == 0 ? 1 : 0)
        isFirst = false
        continue
      }
      isFirst = false
      guard row.count > max(fileColumn, labelColumn) else {
        throw file.malformed("has \(row.count) fields: a file and its label are wanted", at: .line(line))
      }
      let name = row[fileColumn]
      // Some lists name pictures without their ending.
      files.append(name.lowercased().hasSuffix(".png") ? name : name + ".png")
      do {
        try labels.append(row[labelColumn])
      } catch {
        throw file.malformed(error.description, at: .line(line))
      }
    }
    guard !files.isEmpty else { throw file.malformed("lists no pictures") }
  }

  private static func next(
    _ text: Span<UInt8>, _ fields: inout SeparatedText, _ file: InputFile
  ) throws -> (line: Int, row: [String])? {
    guard fields.findLine(text) else { return nil }
    let line = fields.line
    var row: [String] = []
    while let field = fields.next(text) {
      row.append(SeparatedText.string(text, field))
      if field.isLast { return (line, row) }
    }
    throw file.malformed("a quoted field is not closed as it should be", at: .line(line))
  }
}
