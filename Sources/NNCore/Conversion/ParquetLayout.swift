/// What the columns of a Parquet file hold.
struct ParquetLayout {
  /// The column of pictures; nil for a table of numbers.
  let pictures: Int?
  /// nil if there are no labels.
  let labels: Int?
  /// The columns of a table of numbers that are inputs.
  let features: [Int]
  /// The columns that are left out.
  let ignored: [Int]

  /// - Parameters:
  ///   - labelColumn: the column of the labels if the user named it.
  ///   - choice: the names of the columns of pictures and of labels if the user named them.
  /// - Throws: `FileError` of kind `badData`, with all columns, if it isn't plain what they hold.
  init(
    _ columns: [ParquetColumn], labelColumn: LabelColumn?, choice: NamedArrays.Choice, of file: InputFile
  ) throws {
    let names = columns.map(\.shortName)
    func fault(_ message: String, remedy: Remedy? = nil) -> FileError {
      let listed = zip(names, columns).prefix(12).map { "\($0) (\($1.type.title))" }.joined(separator: ", ")
      let more = columns.count > 12 ? " …" : ""
      return file.malformed("parquet: \(message); its columns are \(listed)\(more)", remedy: remedy)
    }
    func place(of name: String) throws -> Int {
      guard let place = names.firstIndex(of: name) else { throw fault("has no column '\(name)'") }
      return place
    }

    let named = try choice.labels.map(place)
    let header = CSVHeader(names)
    // A column of text can't be an input.
    let texts = columns.indices.filter { columns[$0].type == .text }
    let labels: Int? =
      switch labelColumn {
      case nil: named ?? header.labelColumn ?? (texts.count == 1 && columns[texts[0]].path.count == 1 ? texts[0] : nil)
      case .name(let name): try place(of: name)
      case .number(let number) where columns.indices.contains(number - 1): number - 1
      case .number(let number): throw fault("has no column \(number)")
      case .last: columns.count - 1
      case .oneHot: throw fault("labels are taken from one column")
      case .some(.none): nil
      }
    self.labels = labels

    let others = columns.indices.filter { $0 != labels }
    let binary = others.filter { columns[$0].type == .bytes }
    let chosen = try choice.images.map(place)
    if let pictures = chosen ?? (binary.count == 1 ? binary[0] : nil) {
      guard columns[pictures].type == .bytes else { throw fault("'\(names[pictures])' holds no pictures") }
      (self.pictures, features) = (pictures, [])
      // The path of a picture belongs to it.
      ignored = others.filter { names[$0] != names[pictures] && columns[$0].path.last != "path" }
      return
    }
    guard binary.isEmpty else { throw fault("has several columns of pictures", remedy: .nameArrays) }
    let numbers = header.ignored(labels: labels.map { $0..<$0 + 1 })
    features = others.filter { !numbers.contains($0) }
    (pictures, ignored) = (nil, numbers.sorted())
    if let stranger = features.first(where: { !columns[$0].type.isNumber }) {
      throw fault("'\(names[stranger])' holds neither pictures nor numbers")
    }
    guard !features.isEmpty || labels != nil else { throw fault("holds neither pictures nor numbers") }
  }
}

extension ParquetColumn {
  /// Its name, without the field of Hugging Face's structure of a picture.
  var shortName: String { path.count == 2 && path[1] == "bytes" ? path[0] : name }
}
