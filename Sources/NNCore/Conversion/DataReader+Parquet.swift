// Parquet files: pictures as Hugging Face stores them, or a column for each number.

extension DataReader {
  /// - Throws: `FileError`.
  mutating func addParquet(_ bytes: Bytes, of file: InputFile, onlyLabels: Bool) throws {
    let parquet = try Parquet(bytes, limit: options.limit, of: file)
    let (columns, count) = (parquet.metadata.columns, parquet.metadata.rowCount)
    guard count > 0 else { throw file.malformed("holds no examples") }
    let layout = try ParquetLayout(
      columns, labelColumn: options.labelColumn,
      choice: NamedArrays.Choice(images: options.imagesKey, labels: options.labelsKey), of: file)
    let labels = try layout.labels.flatMap { column in
      try parquet.labels(in: column, classes: parquet.metadata.classNames(of: columns[column].name), of: file)
    }
    if onlyLabels || layout.pictures == nil && layout.features.isEmpty {
      guard let labels else { throw file.malformed("has no column of labels", remedy: .nameLabelColumn) }
      return matcher.append(labels, of: file)
    }
    if !layout.ignored.isEmpty, layout.pictures != nil {
      let names = layout.ignored.prefix(4).map { columns[$0].shortName }.joined(separator: ", ")
      notes.append(DataNote(of: file.name, "columns left out: \(names)\(layout.ignored.count > 4 ? " …" : "")"))
    }
    if let column = layout.pictures {
      let (inputs, note) = try parquet.pictures(
        in: column, options.treatment, maxPixels: options.maxPixels, pool: options.pool, report: options.report,
        of: file)
      if let note { notes.append(note) }
      add(inputs, count: count, labels: labels?.values, classes: labels?.classes, source: file.name)
    } else {
      let rows = try parquet.numbers(in: layout.features, report: options.report, of: file)
      let inputs = try rows.inputs(options.shape, of: file)
      try addNumbers(inputs, count: count, labels: labels?.values, classes: labels?.classes, of: file)
    }
  }
}

extension Parquet {
  /// The labels in a column of numbers or texts; nil if all are -1, which stands for examples without a label.
  fileprivate func labels(in column: Int, classes: [String]?, of file: InputFile) throws -> LabelArray? {
    var labels = LabelNames()
    var areMissing = true
    var values = values(of: column)
    while let page = try values.next() {
      for index in 0..<page.count {
        do throws(LabelNames.Fault) {
          switch page {
          case .numbers(let numbers):
            areMissing = areMissing && numbers[index] == -1
            try labels.append(value: numbers[index])
          case .bytes(let texts):
            areMissing = false
            try labels.append(String(decoding: [UInt8](texts[index]), as: UTF8.self))
          }
        } catch {
          throw file.malformed("parquet: row \(values.row - page.count + index): \(error.description)")
        }
      }
    }
    if areMissing { return nil }
    let resolved = labels.resolved
    return try LabelArray(values: resolved.labels, classes: resolved.classes).named(classes, of: file)
  }

  /// Decodes the pictures of a column in parallel.
  fileprivate func pictures(
    in column: Int, _ treatment: PictureTreatment, maxPixels: Int, pool: (Int) -> WorkerPool,
    report: (_ done: Int, _ total: Int) -> Void, of file: InputFile
  ) throws -> (inputs: Dataset.Inputs, note: DataNote?) {
    let count = metadata.rowCount
    var pictures = PictureRows(count: count)
    let pool = pool((count + PictureRows.blockLength - 1) / PictureRows.blockLength)
    let decoders = (0..<pool.count).map { _ in PNGDecoder() }
    var values = values(of: column)
    var page: ArraySlice<Bytes> = []
    try pictures.append(of: count, pool: pool, report: report) { () -> ArraySlice<Bytes>? in
      while page.isEmpty {
        guard case .bytes(let next)? = try values.next() else { return nil }
        page = next[...]
      }
      defer { page = page.dropFirst(PictureRows.blockLength) }
      return page.prefix(PictureRows.blockLength)
    } decode: { worker, row, bytes in
      do {
        return try bytes.withSpan { decoders[worker].decode($0, maxPixels: maxPixels) }
          .flatMap { DigitPicture($0, treatment) }
          ?? DigitPicture(bytes, of: file, treatment, maxPixels: maxPixels)
      } catch let error as FileError where error.kind == .badData {
        throw file.malformed("row \(row): \(error.message)", remedy: error.remedy)
      }
    } name: { row in
      "\(file.name): row \(row)"
    }
    let note = pictures.note(of: file.name)
    return (try pictures.inputs(), note)
  }

  /// The numbers of several columns, a row an example.
  fileprivate func numbers(
    in columns: [Int], report: (_ done: Int, _ total: Int) -> Void, of file: InputFile
  ) throws -> ExampleRows {
    var rows = ExampleRows(width: columns.count, room: metadata.rowCount * columns.count)
    for group in metadata.groups.indices where metadata.groups[group].rowCount > 0 {
      let count = metadata.groups[group].rowCount
      if let pixels = try pixels(in: columns, group, firstRow: rows.count) {
        try rows.append(pixels: pixels[...], count: count)
      } else {
        try rows.append(features: features(in: columns, group, firstRow: rows.count, of: file), count: count)
      }
      dropPages(of: group)
      report(rows.count, metadata.rowCount)
    }
    return rows
  }

  /// The numbers of a row group; nil if any is not a whole number of 0 to 255.
  private func pixels(in columns: [Int], _ group: Int, firstRow: Int) throws -> [UInt8]? {
    var pixels = [UInt8](repeating: 0, count: metadata.groups[group].rowCount * columns.count)
    var arePixels = true
    try forEachNumber(in: columns, group, firstRow: firstRow) { place, value in
      guard let pixel = UInt8(exactly: value) else {
        arePixels = false
        return false
      }
      pixels[place] = pixel
      return true
    }
    return arePixels ? pixels : nil
  }

  private func features(in columns: [Int], _ group: Int, firstRow: Int, of file: InputFile) throws -> [Float] {
    var features = [Float](repeating: 0, count: metadata.groups[group].rowCount * columns.count)
    var stranger: Int?
    try forEachNumber(in: columns, group, firstRow: firstRow) { place, value in
      features[place] = Float(value)
      if !features[place].isFinite { stranger = place }
      return stranger == nil
    }
    guard let stranger else { return features }
    let (row, column) = stranger.quotientAndRemainder(dividingBy: columns.count)
    throw file.malformed(
      "parquet: column \(metadata.columns[columns[column]].name): row \(firstRow + row): \(features[stranger]) is not "
        + "finite as a 32-bit float")
  }

  /// Calls `body` with each number of a row group and its place among the rows, until it returns false.
  private func forEachNumber(
    in columns: [Int], _ group: Int, firstRow: Int, _ body: (_ place: Int, _ value: Double) -> Bool
  ) throws {
    for (index, column) in columns.enumerated() {
      var place = index
      var pages = try pages(of: column, in: group, firstRow: firstRow)
      while case .numbers(let values)? = try pages.next() {
        for value in values {
          guard body(place, value) else { return }
          place += columns.count
        }
      }
    }
  }
}

extension ParquetMetadata {
  /// The names of the classes in Hugging Face's notes on the features; nil if there are none, or if they are ten at
  /// most and only the labels themselves.
  fileprivate func classNames(of column: String) -> [String]? {
    guard let note = notes["huggingface"], let features = try? JSON(parsing: Array(note.utf8)),
      case .array(let items)? = features["info"]?["features"]?[column]?["names"]
    else { return nil }
    let names = items.compactMap { if case .string(let name) = $0 { name } else { nil } }
    guard names.count == items.count, names.count > 10 || names != names.indices.map(String.init) else { return nil }
    return names
  }
}
