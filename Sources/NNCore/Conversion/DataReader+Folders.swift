// Folders of pictures, and folders of MNIST's files.

extension DataReader {
  /// Adds the images and labels of a folder: MNIST's files under their usual names, with `-` or `.` and with or without
  /// `.gz`, or else all pictures.
  ///
  /// - Throws: `FileError`.
  package mutating func add(folder: String) throws {
    let names = try Directory.names(in: folder)
    if names.contains(where: { $0.contains("idx3-ubyte") }) { return try addMNIST(folder, names) }
    if let inner = try part(of: folder, names) { return try add(folder: inner) }
    try add(LabeledPictures(in: folder), source: folder)
  }

  /// Adds pictures that are named one by one. Their labels come from their names, as in a folder of them all.
  ///
  /// - Throws: `FileError`.
  /// - Precondition: there is at least one.
  package mutating func add(pictures files: [String]) throws {
    try add(LabeledPictures(files), source: "\(files.count) pictures")
  }

  private mutating func add(_ pictures: LabeledPictures, source: String) throws {
    notes += pictures.notes
    let (inputs, note) = try pictures.read(
      options.treatment, maxPixels: options.maxPixels, pool: options.pool, report: options.report)
    if let note { notes.append(note) }
    let labels = pictures.labels?.resolved
    add(inputs, count: pictures.files.count, labels: labels?.labels, classes: labels?.classes, source: source)
  }

  /// The inner folder that holds the chosen part; nil if no inner folder has the name of a part.
  private func part(of folder: String, _ names: [String]) throws -> String? {
    var parts: [DataPart: String] = [:]
    for name in names where Directory.exists(path(folder, name)) {
      let role = NamedArrays.Role(name)
      if let part = role.part, role.kind == nil { parts[part] = path(folder, name) }
    }
    guard !parts.isEmpty else { return nil }
    let listed = DataPart.allCases.filter { parts[$0] != nil }.map(\.rawValue).joined(separator: ", ")
    guard let part = options.part else {
      throw FileError(.badData, file: folder, "holds the parts \(listed)", remedy: .choosePart)
    }
    guard let inner = parts[part] else {
      throw FileError(.badData, file: folder, "holds the parts \(listed), no \(part.rawValue)")
    }
    return inner
  }

  /// Adds the images and the labels of the chosen part of MNIST.
  private mutating func addMNIST(_ folder: String, _ names: [String]) throws {
    let prefix: String
    switch options.part {
    case .train: prefix = "train"
    case .test: prefix = "t10k"
    case .validation:
      throw FileError(.badData, file: folder, "MNIST's four files hold no validation part, only train and test")
    case nil:
      throw FileError(.badData, file: folder, "is a folder", remedy: .chooseTrainOrTest)
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
}
