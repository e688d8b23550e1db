/// Builds a data set from files and folders of any supported format.
package struct DataReader {
  /// How to read inputs that can be read in several ways.
  package struct Options {
    /// The format of all files; nil to detect it from the content of each.
    package var format: DataFormat?
    /// The part to take from sources that have several parts.
    package var part: DataPart?
    /// Rows and columns of pictures whose source has only the number of their pixels.
    package var shape: PictureShape?
    /// How numbers become pixels that are not pixels of 0…255 already.
    package var levels = Levels.recognized
    /// Whether the user said what pixels are multiplied by, so that small pixels are right as they are.
    package var hasScale = false
    /// The size of each picture if one file holds many, side by side.
    package var tile: PictureShape?
    package var treatment = PictureTreatment.asNeeded
    /// The maximum number of pixels of a picture.
    package var maxPixels = PictureFile.maximumPixels
    /// Names of the arrays to take from files that hold several.
    package var imagesKey, labelsKey: String?
    package var labelColumn: LabelColumn?
    package var limit = InflationLimit()
    /// Returns the threads for a number of pieces of work.
    package var pool: (Int) -> WorkerPool = { _ in WorkerPool(count: 1) }
    /// Is called now and then with the amount that is read and the total, in any unit.
    package var report: (_ done: Int, _ total: Int) -> Void = { _, _ in }

    /// How numbers become pixels.
    package enum Levels: Sendable, Equatable {
      /// Where the numbers plainly are of 0 to 1.
      case recognized
      /// From a range that the user stated.
      case range(PixelRange)
      /// Not at all.
      case kept
    }

    package init() {}
  }

  let options: Options
  /// What a user should know about the inputs.
  package internal(set) var notes: [DataNote] = []
  var matcher = LabelMatcher()

  package init(_ options: Options = Options()) {
    self.options = options
  }

  /// Adds the images, the labels or both of a file.
  ///
  /// - Throws: `FileError`.
  package mutating func add(_ file: InputFile, onlyLabels: Bool = false) throws {
    let raw = try file.contents()
    guard raw.count > 0 else { throw file.malformed("is empty") }
    let bytes =
      Gzip.recognizes(raw) ? try Gzip.inflate(raw, of: file, limit: options.limit, report: options.report) : raw
    if options.format == nil, let other = OtherDataFormat(bytes) { throw other.refusal(of: file) }
    guard let format = options.format ?? DataFormat(bytes) else {
      throw DataFormat.explainUnknown(bytes, of: file)
        ?? file.malformed(
          "is in no known form (\(DataFormat.allCases.map(\.rawValue).joined(separator: ", ")))", at: .byte(0))
    }
    let named = NamedArrays.Choice(images: options.imagesKey, labels: options.labelsKey)
    switch format {
    case .idx: try add(.numbers(IDX.read(bytes, of: file)), of: file, onlyLabels: onlyLabels)
    case .npy: try add(NPY.read(bytes, of: file), of: file, onlyLabels: onlyLabels)
    case .csv where !onlyLabels && PictureLabelList.recognizes(bytes):
      try add(LabeledPictures(listedIn: bytes, labelColumn: options.labelColumn, of: file), source: file.name)
    case .csv: try addTable(bytes, of: file, onlyLabels: onlyLabels)
    case .parquet: try addParquet(bytes, of: file, onlyLabels: onlyLabels)
    case _ where onlyLabels: throw file.malformed("is \(format.rawValue); labels come as idx, npy, csv or parquet")
    case .safetensors:
      let tensors = try Safetensors(bytes, of: file)
      if FileFormat.isOurs(tensors.metadata) {
        matcher.append(try Dataset(tensors, of: file))
      } else {
        try add(
          tensors.arrays(of: file).imagesAndLabels(part: options.part, choice: named, of: file, kind: "file"), of: file)
      }
    case .pickle: try add(PickledArrays.read(bytes, part: options.part, choice: named, of: file), of: file)
    case .npz:
      let arrays = try NamedArrays(zip: Zip(bytes, of: file), limit: options.limit, of: file)
      try add(arrays.imagesAndLabels(part: options.part, choice: named, of: file, kind: "archive"), of: file)
    case .matlab:
      let found = try MATLABArrays(MATLAB(bytes, limit: options.limit, of: file), of: file)
        .found(part: options.part, choice: named)
      if let note = found.note { notes.append(DataNote(of: file.name, note)) }
      try add(found.pair, classes: found.classes, of: file)
    case .libsvm:
      let table = try LIBSVMTable(
        reading: bytes, shape: options.shape, recognizesUnit: options.levels == .recognized, limit: options.limit,
        of: file
      ) {
        options.report($0, bytes.count)
      }
      let (values, classes) = table.labels.resolved
      try addNumbers(
        table.inputs, areSparse: true, count: table.labels.count, labels: values, classes: classes, of: file)
    case .png, .jpeg:
      let sheet = try PictureSheet(
        reading: bytes, tile: options.tile, options.treatment, maxPixels: options.maxPixels, of: file)
      if let note = sheet.note { notes.append(note) }
      add(sheet.inputs, count: sheet.count, labels: sheet.labels, source: file.name)
    }
  }

  /// The data set of all that was added: each set of images gets the labels that belong to it, then all sets are
  /// joined.
  ///
  /// - Throws: `FileError` of kind `badData` if images or labels have no counterpart, or sets differ in shape.
  package func dataset() throws -> Dataset { try matcher.dataset() }

  // MARK: Adding pieces

  private mutating func add(_ array: StoredArray, of file: InputFile, onlyLabels: Bool) throws {
    guard !onlyLabels, let numbers = array.numbers, numbers.shape.count > 1 else {
      return matcher.append(try LabelArray(array, of: file), of: file)
    }
    try add(NamedArrays.Pair(images: numbers, labels: nil), of: file)
    // The array may turn out to hold labels.
    if let labels = LabelArray(insteadOfExamples: numbers, of: file) { matcher.setLastAsLabels(labels, of: file) }
  }

  /// - Parameter classes: the names of the classes by label, if the file tells them and labels are numbers.
  private mutating func add(
    _ pair: NamedArrays.Pair, classes: [String]? = nil, of file: InputFile
  ) throws {
    let labels = try pair.labels.map { try LabelArray($0, of: file).named(classes, of: file) }
    guard let images = pair.images else {
      guard let labels else { return }
      return matcher.append(labels, of: file)
    }
    guard images.shape.count > 1 else {
      throw file.malformed("images have shape \(images.shape), not examples x rows x columns")
    }
    let (inputs, scale) = try PixelRecognizer.inputs(images, as: options.shape, file: file.name)
    let count = images.shape[0]
    if let labels, labels.values.count != count {
      throw file.malformed("labels has \(labels.values.count) entries, images \(count)")
    }
    let (rows, columns) = (images.shape.dropFirst().first ?? 1, images.shape.last ?? 1)
    let own = images.shape.count == 3 && min(rows, columns) > 1 ? PictureShape(rows: rows, columns: columns) : nil
    try addNumbers(
      inputs, shape: own, count: count, labels: labels?.values, scale: scale, classes: labels?.classes, of: file)
  }

  private mutating func addTable(_ bytes: Bytes, of file: InputFile, onlyLabels: Bool) throws {
    let report = options.report
    let table = try CSVTable.read(bytes, labelColumn: options.labelColumn, of: file, pool: options.pool) {
      report($0, bytes.count)
    }
    let (width, count) = (table.rows.width, table.rows.count)
    guard count > 0 else { throw file.malformed("holds no examples") }
    let resolved = table.labels?.resolved
    if onlyLabels || width == 0 {
      guard let resolved else {
        throw file.malformed("has no column of labels", remedy: .nameLabelColumn)
      }
      matcher.append(LabelArray(values: resolved.labels, classes: resolved.classes), of: file)
    } else {
      let inputs = try table.rows.inputs(options.shape, of: file)
      try addNumbers(inputs, count: count, labels: resolved?.labels, classes: resolved?.classes, of: file)
    }
  }

  /// Adds numbers that may form pictures.
  ///
  /// - Parameters:
  ///   - shape: the rows and columns that the file gives each example; nil if it has only their product.
  ///   - areSparse: whether a shape that the user names may only tell the number of features.
  mutating func addNumbers(
    _ inputs: Dataset.Inputs, shape: PictureShape? = nil, areSparse: Bool = false, count: Int, labels: [UInt16]?,
    scale: Scale = .unit,
    classes: [String]? = nil, of file: InputFile
  ) throws {
    var inputs = inputs
    if options.levels != .kept {
      let range: PixelRange? = if case .range(let range) = options.levels { range } else { nil }
      let recognized = try inputs.recognizingPixels(
        in: range, shape: options.shape ?? shape, isShapeChosen: !areSparse && options.shape != nil,
        hasScale: options.hasScale,
        source: file.name)
      inputs = recognized.inputs
      if let note = recognized.note { notes.append(note) }
    }
    add(inputs, count: count, labels: labels, scale: scale, classes: classes, source: file.name)
  }

  /// - Parameter source: the name of the file or folder.
  mutating func add(
    _ inputs: Dataset.Inputs, count: Int, labels: [UInt16]?, scale: Scale = .unit, classes: [String]? = nil,
    source: String
  ) {
    var set = Dataset(count: count, inputs: inputs, labels: labels, scale: scale, classes: classes)
    set.source = LabelMatcher.lastComponent(source)
    matcher.append(set)
  }
}
