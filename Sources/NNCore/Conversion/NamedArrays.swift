/// Named arrays from `.npz`, dictionaries and foreign safetensors, of which one holds images and one holds labels.
struct NamedArrays {
  /// The names of the arrays to take; nil to detect them by usual names.
  struct Choice: Sendable {
    var images: String?
    var labels: String?
  }

  /// The images, the labels or both.
  struct Pair {
    let images: NumberArray?
    let labels: StoredArray?

    init(images: NumberArray?, labels: StoredArray?) {
      (self.images, self.labels) = (images, labels)
    }

    /// A single array whose name says nothing: text and arrays of one dimension are labels, others are images.
    init(_ alone: StoredArray, of file: InputFile) throws {
      guard let numbers = alone.numbers, numbers.shape.count > 1 else {
        self.init(images: nil, labels: alone)
        return
      }
      self.init(images: numbers, labels: nil)
    }

    /// Images and labels, swapped if only the second array can be images.
    ///
    /// - Throws: `FileError` of kind `badData` if both are labels.
    init(_ first: StoredArray, _ second: StoredArray, of file: InputFile) throws {
      let isTurned = first.shape.count == 1 && second.shape.count > 1
      guard let images = (isTurned ? second : first).numbers else {
        throw file.malformed("holds text where images should be")
      }
      self.init(images: images, labels: isTurned ? first : second)
    }
  }

  let names: [String]
  /// Reads the array of a name.
  let array: (String) throws -> StoredArray

  /// - Parameter kind: the kind of file, for errors.
  /// - Throws: `FileError` of kind `badData` if the names are ambiguous, or `part` is missing or not chosen.
  func imagesAndLabels(part: DataPart?, choice: Choice, of file: InputFile, kind: String) throws -> Pair {
    let (images, labels, areTold) = try chosenNames(part, choice, file, kind)
    switch (try images.map(array), try labels.map(array)) {
    case (let alone?, nil) where !areTold: return try Pair(alone, of: file)
    case (let first?, let second?) where !areTold: return try Pair(first, second, of: file)
    case (let found, let labels):
      guard found == nil || found?.numbers != nil else { throw file.malformed("'\(images!)' holds text, not images") }
      return Pair(images: found?.numbers, labels: labels)
    }
  }

  /// The names of the arrays to take. `areTold` is false if the names don't say which array holds what.
  private func chosenNames(
    _ part: DataPart?, _ choice: Choice, _ file: InputFile, _ kind: String
  ) throws -> (images: String?, labels: String?, areTold: Bool) {
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
    func fault(_ message: String) -> FileError { file.malformed("the \(kind) holds \(listed): \(message)") }
    func fault(_ remedy: Remedy) -> FileError { file.malformed("the \(kind) holds \(listed)", remedy: remedy) }
    for key in [choice.images, choice.labels].compactMap({ $0 }) where !names.contains(key) {
      throw fault("no '\(key)'")
    }
    if let images = choice.images { return (images, choice.labels, true) }

    let roles = names.map { (name: $0, role: Role($0)) }
    let parts = Set(roles.compactMap { $0.role.kind == nil ? nil : $0.role.part })
    if part == nil, parts.count > 1 {
      throw fault(.choosePartOf(DataPart.allCases.filter(parts.contains).map(\.rawValue)))
    }
    // Arrays without a part in their name belong to every part.
    let wanted = part ?? parts.first
    let fitting = roles.filter { $0.role.part == nil || $0.role.part == wanted }
    /// The names of the lowest rank, which are the clearest.
    func best(_ kind: Role.Kind) -> [String] {
      let alike = fitting.filter { $0.role.kind == kind }
      let rank = alike.map(\.role.rank).min()
      return alike.filter { $0.role.rank == rank }.map(\.name)
    }
    let (images, labels) = (best(.images), best(.labels))
    if images.count == 1, labels.count <= 1 { return (images[0], choice.labels ?? labels.first, true) }
    if images.isEmpty, labels.count == 1 { return (nil, labels[0], true) }
    if images.isEmpty, labels.isEmpty, parts.isEmpty, (1...2).contains(names.count) {
      // Two arrays with names that say nothing, such as NumPy's arr_0 and arr_1.
      return (names[0], choice.labels ?? names.dropFirst().first, false)
    }
    if let part, !parts.contains(part) { throw fault("no part \(part.rawValue)") }
    throw fault(.nameArrays)
  }
}
