// Folders of pictures, and folders of MNIST's files.

extension DataReader {
  /// Adds the images and labels of a folder: MNIST's files under their usual names, with `-` or `.` and with or without
  /// `.gz`, perhaps after the name of a set such as QMNIST; or else all pictures.
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

  mutating func add(_ pictures: LabeledPictures, source: String) throws {
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
    let words: [String]
    switch options.part {
    case .train: words = ["train"]
    case .test: words = ["t10k", "test"]
    case .validation:
      throw FileError(.badData, file: folder, "MNIST's four files hold no validation part, only train and test")
    case nil:
      throw FileError(.badData, file: folder, "is a folder", remedy: .chooseTrainOrTest)
    }
    let stem = try Self.stem(folder, names, words)
    for (kind, forms) in [("images", ["idx3-ubyte"]), ("labels", ["idx1-ubyte", "idx2-int"])] {
      let candidates = Self.names("\(stem)-\(kind)", forms)
      guard let name = candidates.first(where: names.contains) else {
        throw FileError(.cannotOpen, file: folder, "has no \(candidates[1]), nor one of its other usual names")
      }
      try add(InputFile(path: path(folder, name)))
    }
  }

  private static func names(_ stem: String, _ forms: [String]) -> [String] {
    forms.flatMap { form in ["-", "."].flatMap { separator in ["", ".gz"].map { stem + separator + form + $0 } } }
  }

  /// What the names of a part's files begin with, such as `train` and `qmnist-train`. MNIST's own files come first,
  /// then files with the name of one set.
  ///
  /// - Parameter words: what the part is called.
  private static func stem(_ folder: String, _ names: [String], _ words: [String]) throws -> String {
    let ends = Self.names("-images", ["idx3-ubyte"])
    let stems = Set(
      names.compactMap { name in ends.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } })
    if let own = words.first(where: stems.contains) { return own }
    let others = stems.filter { stem in words.contains { stem.hasSuffix("-" + $0) } }.sorted()
    guard others.count <= 1 else {
      throw FileError(.badData, file: folder, "holds several sets, \(others.joined(separator: ", ")): name their files")
    }
    return others.first ?? words[0]
  }

  private func path(_ folder: String, _ name: String) -> String { folder + (folder.hasSuffix("/") ? "" : "/") + name }
}
