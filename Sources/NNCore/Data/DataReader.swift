/// Puts data sets together from files and folders of any known form.
public struct DataReader {
  /// What is to be made of the inputs, where they leave it open.
  public struct Options {
    /// The form to insist on; nil to go by the content.
    public var format: DataFormat?
    /// The part to take of sources that have several.
    public var part: DataPart?
    /// Rows and columns of pictures whose source tells only how many pixels they have.
    public var shape: PictureShape?
    /// The size of the pictures that one PNG holds, side by side.
    public var tile: PictureShape?
    /// Whether pictures are taken as they are, of whatever size.
    public var isRaw = false
    /// How many pixels a PNG may have.
    public var maxPixels = PNG.mostPixels
    /// Names of the arrays to take, of files that hold several.
    public var imagesKey, labelsKey: String?
    public var labelColumn: CSV.LabelColumn?
    public var limit = InflationLimit()
    /// Threads for so many pieces of work.
    public var pool: (Int) -> WorkerPool = { _ in WorkerPool(count: 1) }
    /// Is told how much of how much is read, in whatever unit, now and then.
    public var report: (_ done: Int, _ total: Int) -> Void = { _, _ in }

    public init() {}
  }

  private let options: Options
  private var sets: [Dataset] = []
  private var labels: [Labels] = []

  private struct Labels {
    let file: String
    let values: [UInt16]
    let classes: [String]?
  }

  public init(_ options: Options = Options()) {
    self.options = options
  }

  /// Adds what a file holds: images, labels or both.
  ///
  /// - Throws: `FileError`.
  public mutating func add(_ file: InputFile, onlyLabels: Bool = false) throws {
    let raw = try file.contents()
    guard raw.count > 0 else { throw file.malformed("is empty") }
    let bytes = Gzip.recognizes(raw) ? try Gzip.inflate(raw, of: file, limit: options.limit, report: options.report) : raw
    guard let format = options.format ?? DataFormat(bytes) else {
      if let picture = PNG.kin(bytes, file) { throw picture }
      if bytes.hasBytes([0xff, 0xfe]) || bytes.hasBytes([0xfe, 0xff]) {
        throw file.malformed("is text in UTF-16: convert it with 'iconv -f UTF-16 -t UTF-8'", at: .byte(0))
      }
      throw file.malformed("is in no known form (\(DataFormat.allCases.map(\.rawValue).joined(separator: ", ")))", at: .byte(0))
    }
    let named = NamedArrays.Choice(images: options.imagesKey, labels: options.labelsKey)
    switch format {
    case .idx: try add(IDX.read(bytes, of: file), of: file, onlyLabels: onlyLabels)
    case .npy: try add(NPY.read(bytes, of: file), of: file, onlyLabels: onlyLabels)
    case .csv: try addTable(bytes, of: file, onlyLabels: onlyLabels)
    case _ where onlyLabels: throw file.malformed("is \(format.rawValue); labels come as idx, npy or csv")
    case .safetensors:
      let tensors = try Safetensors(bytes, of: file)
      if FileFormat.isOurs(tensors.metadata) {
        sets.append(try Dataset(tensors, of: file))
      } else {
        try add(tensors.arrays(of: file).imagesAndLabels(part: options.part, choice: named, of: file, kind: "file"), of: file)
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
      let sheet = try PictureSheet(reading: bytes, tile: options.tile, isRaw: options.isRaw, maxPixels: options.maxPixels, of: file)
      add(sheet.inputs, count: sheet.count, labels: sheet.labels, of: file)
    }
  }

  /// Adds the pictures of a folder; or the files of one that have MNIST's usual names, with `-` or `.` and with or
  /// without `.gz`.
  ///
  /// - Throws: `FileError`.
  public mutating func add(folder: String) throws {
    let names = try Directory.names(in: folder)
    if names.contains(where: { $0.contains("idx3-ubyte") }) { return try addMNIST(folder, names) }
    if let inner = try part(of: folder, names) { return try add(folder: inner) }
    let pictures = try PictureFiles(in: folder)
    let inputs = try pictures.read(
      isRaw: options.isRaw, maxPixels: options.maxPixels, pool: options.pool, report: options.report)
    let labels = pictures.labels?.resolved
    add(inputs, count: pictures.files.count, labels: labels?.labels, classes: labels?.classes, source: lastComponent(folder))
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
    guard let inner = parts[part] else { throw FileError(.badData, file: folder, "holds the parts \(listed), no \(part.rawValue)") }
    return inner
  }

  private mutating func addMNIST(_ folder: String, _ names: [String]) throws {
    let prefix: String
    switch options.part {
    case .train: prefix = "train"
    case .test: prefix = "t10k"
    case .validation:
      throw FileError(.badData, file: folder, "MNIST's four files hold no validation part, only train and test")
    case nil: throw FileError(.badData, file: folder, "is a folder: choose what to take of it with --part train or --part test")
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
  public func dataset() throws -> Dataset {
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
      throw FileError(.badData, file: stray.file, "holds \(stray.values.count) labels, and there are no images for them")
    }
    return try Dataset.concatenating(parts)
  }

  // MARK: Adding pieces

  private mutating func add(_ numbers: NumberArray, of file: InputFile, onlyLabels: Bool) throws {
    if onlyLabels || numbers.shape.count <= 1 {
      labels.append(Labels(file: file.name, values: try Self.labels(numbers, file: file), classes: nil))
    } else {
      try add((numbers, nil), of: file)
    }
  }

  private mutating func add(_ arrays: (images: NumberArray, labels: NumberArray?), of file: InputFile) throws {
    let (inputs, scale) = try PixelRecognizer.inputs(arrays.images, as: options.shape, file: file.name)
    let labels = try arrays.labels.map { try Self.labels($0, file: file) }
    let count = arrays.images.shape[0]
    if let labels, labels.count != count { throw file.malformed("labels has \(labels.count) entries, images \(count)") }
    add(inputs, count: count, labels: labels, scale: scale, of: file)
  }

  private mutating func addTable(_ bytes: Bytes, of file: InputFile, onlyLabels: Bool) throws {
    let report = options.report
    let table = try CSV.read(bytes, labelColumn: options.labelColumn, of: file, pool: options.pool) { report($0, bytes.count) }
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
    sets.append(set)
  }

  private func lastComponent(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }

  private static func labels(_ numbers: NumberArray, file: InputFile) throws -> [UInt16] {
    guard numbers.shape.dropFirst().allSatisfy({ $0 == 1 }) else {
      if let labels = placesOfOnes(numbers) { return labels }
      throw file.malformed("labels have shape \(numbers.shape), not one number an example")
    }
    var labels: [UInt16] = []
    labels.reserveCapacity(numbers.count)
    var stranger: Double?
    numbers.forEachBlock { _, block in
      guard stranger == nil else { return }
      _ = block.allSatisfy { _, value in
        guard let label = UInt16(exactly: value) else {
          stranger = value
          return false
        }
        labels.append(label)
        return true
      }
    }
    guard let stranger else { return labels }
    throw file.malformed("label \(labels.count) is \(stranger), not a whole number of 0 to 65535")
  }

  /// Labels that are rows of zeros with one 1 each, as Keras' `to_categorical` makes them; nil if they aren't.
  private static func placesOfOnes(_ numbers: NumberArray) -> [UInt16]? {
    guard numbers.shape.count == 2, (2...65536).contains(numbers.shape[1]) else { return nil }
    let width = numbers.shape[1]
    var places = [Int](repeating: -1, count: numbers.shape[0])
    var isSound = true
    numbers.forEachBlock { start, block in
      isSound = isSound && block.allSatisfy { index, value in
        guard value != 0 else { return true }
        let (row, column) = (start + index).quotientAndRemainder(dividingBy: width)
        guard value == 1, places[row] < 0 else { return false }
        places[row] = column
        return true
      }
    }
    return isSound && !places.contains(-1) ? places.map { UInt16($0) } : nil
  }
}
