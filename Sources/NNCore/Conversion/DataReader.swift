/// Puts data sets together from files and folders of any known form.
package struct DataReader {
  /// What is to be made of the inputs, where they leave it open.
  package struct Options {
    /// The form to insist on; nil to go by the content.
    package var format: DataFormat?
    /// The part to take of sources that have several.
    package var part: DataPart?
    /// Rows and columns of pictures whose source tells only how many pixels they have.
    package var shape: PictureShape?
    /// The size of the pictures that one PNG holds, side by side.
    package var tile: PictureShape?
    /// Whether pictures are taken as they are, of whatever size.
    package var isRaw = false
    /// How many pixels a PNG may have.
    package var maxPixels = PNG.mostPixels
    /// Names of the arrays to take, of files that hold several.
    package var imagesKey, labelsKey: String?
    package var labelColumn: CSV.LabelColumn?
    package var limit = InflationLimit()
    /// Threads for so many pieces of work.
    package var pool: (Int) -> WorkerPool = { _ in WorkerPool(count: 1) }
    /// Is told how much of how much is read, in whatever unit, now and then.
    package var report: (_ done: Int, _ total: Int) -> Void = { _, _ in }

    package init() {}
  }

  private let options: Options
  private var sets: [Examples] = []
  private var labels: [Labels] = []

  private struct Labels {
    let file: String
    let values: [UInt16]
    let classes: [String]?

    init(file: String, values: [UInt16], classes: [String]?) {
      (self.file, self.values, self.classes) = (file, values, classes)
    }

    init(_ array: LabelArray, of file: InputFile) {
      self.init(file: file.name, values: array.values, classes: array.classes)
    }
  }

  private struct Examples {
    let dataset: Dataset
    /// What they are if there are pictures for them.
    var asLabels: Labels?
  }

  package init(_ options: Options = Options()) {
    self.options = options
  }

  /// Adds what a file holds: images, labels or both.
  ///
  /// - Throws: `FileError`.
  package mutating func add(_ file: InputFile, onlyLabels: Bool = false) throws {
    let raw = try file.contents()
    guard raw.count > 0 else { throw file.malformed("is empty") }
    let bytes =
      Gzip.recognizes(raw) ? try Gzip.inflate(raw, of: file, limit: options.limit, report: options.report) : raw
    if options.format == nil, let other = OtherDataFormat(bytes) { throw other.refusal(of: file) }
    guard let format = options.format ?? DataFormat(bytes) else {
      if let picture = PNG.kin(bytes, file) { throw picture }
      if bytes.hasBytes([0xff, 0xfe]) || bytes.hasBytes([0xfe, 0xff]) {
        throw file.malformed("is text in UTF-16: convert it with 'iconv -f UTF-16 -t UTF-8'", at: .byte(0))
      }
      throw file.malformed(
        "is in no known form (\(DataFormat.allCases.map(\.rawValue).joined(separator: ", ")))", at: .byte(0))
    }
    let named = NamedArrays.Choice(images: options.imagesKey, labels: options.labelsKey)
    switch format {
    case .idx: try add(.numbers(IDX.read(bytes, of: file)), of: file, onlyLabels: onlyLabels)
    case .npy: try add(NPY.read(bytes, of: file), of: file, onlyLabels: onlyLabels)
    case .csv: try addTable(bytes, of: file, onlyLabels: onlyLabels)
    case _ where onlyLabels: throw file.malformed("is \(format.rawValue); labels come as idx, npy or csv")
    case .safetensors:
      let tensors = try Safetensors(bytes, of: file)
      if FileFormat.isOurs(tensors.metadata) {
        sets.append(Examples(dataset: try Dataset(tensors, of: file)))
      } else {
        try add(
          tensors.arrays(of: file).imagesAndLabels(part: options.part, choice: named, of: file, kind: "file"), of: file)
      }
    case .pickle: try add(PickledArrays.read(bytes, part: options.part, choice: named, of: file), of: file)
    case .npz:
      let arrays = try NamedArrays(zip: Zip(bytes, of: file), limit: options.limit, of: file)
      try add(arrays.imagesAndLabels(part: options.part, choice: named, of: file, kind: "archive"), of: file)
    case .libsvm:
      let (inputs, labels) = try LIBSVM.read(bytes, shape: options.shape, limit: options.limit, of: file) {
        options.report($0, bytes.count)
      }
      let (values, classes) = labels.resolved
      add(inputs, count: labels.count, labels: values, classes: classes, of: file)
    case .png:
      let sheet = try PictureSheet(
        reading: bytes, tile: options.tile, isRaw: options.isRaw, maxPixels: options.maxPixels, of: file)
      add(sheet.inputs, count: sheet.count, labels: sheet.labels, of: file)
    }
  }

  /// Adds the pictures of a folder; or the files of one that have MNIST's usual names, with `-` or `.` and with or
  /// without `.gz`.
  ///
  /// - Throws: `FileError`.
  package mutating func add(folder: String) throws {
    let names = try Directory.names(in: folder)
    if names.contains(where: { $0.contains("idx3-ubyte") }) { return try addMNIST(folder, names) }
    if let inner = try part(of: folder, names) { return try add(folder: inner) }
    let pictures = try PictureFiles(in: folder)
    let inputs = try pictures.read(
      isRaw: options.isRaw, maxPixels: options.maxPixels, pool: options.pool, report: options.report)
    let labels = pictures.labels?.resolved
    add(
      inputs, count: pictures.files.count, labels: labels?.labels, classes: labels?.classes,
      source: lastComponent(folder))
  }

  /// The folder within that holds the part to take; nil if there are no parts.
  private func part(of folder: String, _ names: [String]) throws -> String? {
    var parts: [DataPart: String] = [:]
    for name in names where Directory.exists(path(folder, name)) {
      let role = NamedArrays.Role(name)
      if let part = role.part, role.kind == nil { parts[part] = path(folder, name) }
    }
    guard !parts.isEmpty else { return nil }
    let listed = DataPart.allCases.filter { parts[$0] != nil }.map(\.rawValue).joined(separator: ", ")
    guard let part = options.part else {
      throw FileError(.badData, file: folder, "holds the parts \(listed): choose one with --part")
    }
    guard let inner = parts[part] else {
      throw FileError(.badData, file: folder, "holds the parts \(listed), no \(part.rawValue)")
    }
    return inner
  }

  private mutating func addMNIST(_ folder: String, _ names: [String]) throws {
    let prefix: String
    switch options.part {
    case .train: prefix = "train"
    case .test: prefix = "t10k"
    case .validation:
      throw FileError(.badData, file: folder, "MNIST's four files hold no validation part, only train and test")
    case nil:
      throw FileError(.badData, file: folder, "is a folder: choose what to take of it with --part train or --part test")
    }
    for (kind, dimensions) in [("images", 3), ("labels", 1)] {
      let candidates = ["-", "."].flatMap { separator in
        ["", ".gz"].map { "\(prefix)-\(kind)\(separator)idx\(dimensions)-ubyte\($0)" }
      }
      guard let name = candidates.first(where: names.contains) else {
        throw FileError(.cannotOpen, file: folder, "has no \(candidates[1]), nor one of its other usual names")
      }
      try add(InputFile(path: path(folder, name)))
    }
  }

  private func path(_ folder: String, _ name: String) -> String { folder + (folder.hasSuffix("/") ? "" : "/") + name }

  /// The data: each set without labels takes those of its count, whichever came first; then all one after the other.
  ///
  /// - Throws: `FileError` of kind `badData` if something has no counterpart or doesn't fit the rest.
  package func dataset() throws -> Dataset {
    let (sets, labels) = sorted
    var left = labels
    var parts: [Dataset] = []
    for set in sets {
      guard set.labels == nil, !labels.isEmpty else {
        parts.append(set)
        continue
      }
      guard let place = left.firstIndex(where: { $0.values.count == set.count }) else {
        guard let other = left.first else {
          throw FileError(.badData, file: set.source, "no labels are left for these \(set.count) images")
        }
        throw FileError(
          .badData, file: other.file, "labels has \(other.values.count) entries, images \(set.count) (\(set.source))")
      }
      let match = left.remove(at: place)
      var labelled = Dataset(
        count: set.count, inputs: set.inputs, labels: match.values, scale: set.scale, classes: match.classes)
      labelled.source = set.source + " + " + lastComponent(match.file)
      parts.append(labelled)
    }
    if let stray = left.first {
      throw FileError(
        .badData, file: stray.file, "holds \(stray.values.count) labels, and there are no images for them")
    }
    return try Dataset.concatenating(parts)
  }

  /// Sets and labels, those sets among the latter that can be labels, where as many pictures want some.
  private var sorted: (sets: [Dataset], labels: [Labels]) {
    var wanted: [Int: Int] = [:]
    for set in sets where set.dataset.labels == nil && set.asLabels == nil {
      wanted[set.dataset.count, default: 0] += 1
    }
    for known in labels { wanted[known.values.count, default: 0] -= 1 }
    var labels = labels
    let rest = sets.filter { set in
      guard let own = set.asLabels, wanted[own.values.count, default: 0] > 0 else { return true }
      wanted[own.values.count]! -= 1
      labels.append(own)
      return false
    }
    return (rest.map(\.dataset), labels)
  }

  // MARK: Adding pieces

  private mutating func add(_ array: StoredArray, of file: InputFile, onlyLabels: Bool) throws {
    guard !onlyLabels, let numbers = array.numbers, numbers.shape.count > 1 else {
      return labels.append(Labels(try LabelArray(array, of: file), of: file))
    }
    try add(NamedArrays.Pair(images: numbers, labels: nil), of: file)
    let asLabels = LabelArray(insteadOfExamples: numbers, of: file)
    sets[sets.count - 1].asLabels = asLabels.map { Labels($0, of: file) }
  }

  private mutating func add(_ pair: NamedArrays.Pair, of file: InputFile) throws {
    let labels = try pair.labels.map { try LabelArray($0, of: file) }
    guard let images = pair.images else {
      guard let labels else { return }
      return self.labels.append(Labels(labels, of: file))
    }
    guard images.shape.count > 1 else {
      throw file.malformed("images have shape \(images.shape), not examples x rows x columns")
    }
    let (inputs, scale) = try PixelRecognizer.inputs(images, as: options.shape, file: file.name)
    let count = images.shape[0]
    if let labels, labels.values.count != count {
      throw file.malformed("labels has \(labels.values.count) entries, images \(count)")
    }
    add(inputs, count: count, labels: labels?.values, scale: scale, classes: labels?.classes, of: file)
  }

  private mutating func addTable(_ bytes: Bytes, of file: InputFile, onlyLabels: Bool) throws {
    let report = options.report
    let table = try CSV.read(bytes, labelColumn: options.labelColumn, of: file, pool: options.pool) {
      report($0, bytes.count)
    }
    let (width, count) = (table.rows.width, table.rows.count)
    guard count > 0 else { throw file.malformed("holds no examples") }
    let resolved = table.labels?.resolved
    if onlyLabels || width == 0 {
      guard let resolved else { throw file.malformed("has no column of labels: name it with --label-column") }
      labels.append(Labels(file: file.name, values: resolved.labels, classes: resolved.classes))
    } else {
      let inputs = try table.rows.inputs(options.shape, of: file)
      add(inputs, count: count, labels: resolved?.labels, classes: resolved?.classes, of: file)
    }
  }

  private mutating func add(
    _ inputs: Dataset.Inputs, count: Int, labels: [UInt16]?, scale: Scale = .unit, classes: [String]? = nil,
    of file: InputFile
  ) {
    add(inputs, count: count, labels: labels, scale: scale, classes: classes, source: lastComponent(file.name))
  }

  private mutating func add(
    _ inputs: Dataset.Inputs, count: Int, labels: [UInt16]?, scale: Scale = .unit, classes: [String]? = nil,
    source: String
  ) {
    var set = Dataset(count: count, inputs: inputs, labels: labels, scale: scale, classes: classes)
    set.source = source
    sets.append(Examples(dataset: set))
  }

  private func lastComponent(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
}
