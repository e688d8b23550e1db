/// The layout of `mnist.pkl.gz`: a tuple of two or three parts (training, validation if there are three, test), each a
/// pair of images and labels.
enum PickledParts {
  /// - Throws: `FileError` of kind `badData` if the pickle isn't so, or if `part` is missing or not chosen.
  static func read(
    _ bytes: Bytes, part: DataPart?, of file: InputFile
  ) throws -> (images: NumberArray, labels: NumberArray) {
    let value = try Unpickler.load(bytes, of: file)
    guard let parts = value.items, (2...3).contains(parts.count), parts.allSatisfy({ $0.items?.count == 2 }) else {
      let inner = value.items.map { " (\($0.prefix(4).map(\.kind).joined(separator: ", ")))" } ?? ""
      throw file.malformed(
        "the pickle holds \(value.kind)\(inner), not two or three parts that are pairs of images and labels")
    }
    let names: [DataPart] = parts.count == 2 ? [.train, .test] : [.train, .validation, .test]
    let listed = names.map(\.rawValue).joined(separator: ", ")
    guard let part else { throw file.malformed("holds the parts \(listed): choose one with --part") }
    guard let index = names.firstIndex(of: part) else { throw file.malformed("holds the parts \(listed), no \(part.rawValue)") }
    let pair = parts[index].items ?? []
    guard case .array(let images) = pair[0], case .array(let labels) = pair[1], let pixels = images.numbers,
      let answers = labels.numbers
    else {
      throw file.malformed("the part \(part.rawValue) is \(pair[0].kind) and \(pair[1].kind), not two arrays of numbers")
    }
    guard pixels.shape.count >= 2 else { throw file.malformed("the part \(part.rawValue) has images of shape \(pixels.shape)") }
    return (pixels, answers)
  }
}
