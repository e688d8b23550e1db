/// Arrays with names, of which two are to be images and labels: what `.npz`, dictionaries and foreign safetensors hold.
struct NamedArrays {
  /// The names to take; nil to go by what names usually mean.
  struct Choice: Sendable {
    var images: String?
    var labels: String?
  }

  let names: [String]
  /// What a name stands for.
  let array: (String) throws -> NumberArray

  /// - Parameter kind: what the file is, for errors.
  /// - Throws: `FileError` of kind `badData` if names don't tell, or `part` is missing or not chosen.
  func imagesAndLabels(
    part: DataPart?, choice: Choice, of file: InputFile, kind: String
  ) throws -> (images: NumberArray, labels: NumberArray?) {
    let (images, labels) = try chosenNames(part, choice, file, kind)
    return (try array(images), try labels.map(array))
  }

  private func chosenNames(
    _ part: DataPart?, _ choice: Choice, _ file: InputFile, _ kind: String
  ) throws -> (images: String, labels: String?) {
    let listed = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
    func fault(_ message: String) -> FileError { file.malformed("the \(kind) holds \(listed): \(message)") }
    for key in [choice.images, choice.labels].compactMap({ $0 }) where !names.contains(key) { throw fault("no '\(key)'") }
    if let images = choice.images { return (images, choice.labels) }

    let roles = names.map { (name: $0, role: Role($0)) }
    let parts = Set(roles.compactMap { $0.role.kind == nil ? nil : $0.role.part })
    if part == nil, parts.count > 1 {
      let parted = DataPart.allCases.filter(parts.contains).map(\.rawValue).joined(separator: ", ")
      throw fault("choose of the parts \(parted) with --part")
    }
    // What names no part belongs to all.
    let wanted = part ?? parts.first
    let fitting = roles.filter { $0.role.part == nil || $0.role.part == wanted }
    let images = fitting.filter { $0.role.kind == .images }.map(\.name)
    let labels = fitting.filter { $0.role.kind == .labels }.map(\.name)
    if images.count == 1, labels.count <= 1 { return (images[0], choice.labels ?? labels.first) }
    if images.isEmpty, labels.isEmpty, parts.isEmpty, (1...2).contains(names.count) {
      // Two without telling names, such as NumPy's arr_0 and arr_1.
      return (names[0], choice.labels ?? names.dropFirst().first)
    }
    if let part, !parts.contains(part) { throw fault("no part \(part.rawValue)") }
    throw fault("choose with --images KEY and --labels-key KEY")
  }

  /// What a name usually means.
  struct Role {
    enum Kind { case images, labels }

    var kind: Kind?
    var part: DataPart?

    init(_ name: String) {
      // Words end where letters give way to others, and where a capital begins: trainImages, x_train, t10k-labels.
      var words: [String] = [""]
      var last: Character = "a"
      for character in name {
        if !character.isLetter && !character.isNumber {
          words.append("")
        } else {
          if character.isUppercase, last.isLowercase { words.append("") }
          words[words.count - 1] += character.lowercased()
        }
        last = character
      }
      for word in words {
        switch word {
        case "images", "image", "x", "pixels", "data", "features", "inputs", "digits": kind = kind ?? .images
        case "labels", "label", "y", "target", "targets", "classes", "answers": kind = .labels
        case "train", "training", "tr": part = .train
        case "test", "testing", "t10k", "te": part = .test
        case "valid", "validation", "val", "dev": part = .validation
        default: break
        }
      }
    }
  }
}
