// The data file: safetensors with `images` U8 [n, rows, columns] or `features` F32 [n, d], and `labels` U8 or U16 [n].

extension Dataset {
  /// Reads a data file. The pixels are not copied from the mapped file.
  ///
  /// - Throws: `FileError`, of kind `badData` if the file isn't a sound data file.
  package init(reading file: InputFile) throws {
    try self.init(Safetensors(reading: file), of: file)
  }

  init(_ tensors: Safetensors, of file: InputFile) throws {
    try FileFormat.data.check(tensors.metadata, in: file)

    let inputs: Inputs
    let shape: [Int]
    switch (tensors.tensors["images"], tensors.tensors["features"]) {
    case (let images?, nil):
      guard images.type == .u8, images.shape.count == 3 else {
        throw file.malformed("images are \(images.type.rawValue) of \(images.shape.count) dimensions, not U8 of 3")
      }
      shape = images.shape
      inputs = .pixels(images.bytes, rows: shape[1], columns: shape[2])
    case (nil, let features?):
      guard features.type == .f32, features.shape.count == 2 else {
        throw file.malformed(
          "features are \(features.type.rawValue) of \(features.shape.count) dimensions, not F32 of 2")
      }
      shape = features.shape
      inputs = .features(features.bytes, width: shape[1])
    default: throw file.malformed("has neither or both of 'images' and 'features'")
    }
    try Self.check(exampleShape: shape.dropFirst(), file: file.name)

    let labels = try tensors.tensors["labels"].map { try Self.labels($0, count: shape[0], in: file) }
    var scale = Scale.unit
    if let text = tensors.metadata["scale"] {
      guard let stored = Scale(text) else {
        throw file.malformed("metadata 'scale' is '\(text)', not a fraction like 1/255")
      }
      scale = stored
    }
    let classes = tensors.metadata["classes"].map { $0.split(separator: " ").map(String.init) }
    if let classes, let largest = labels?.max(), classes.count <= largest {
      throw file.malformed("has a label \(largest), and names \(classes.count) classes")
    }
    self.init(count: shape[0], inputs: inputs, labels: labels, scale: scale, classes: classes)
    source = tensors.metadata["source"] ?? ""
  }

  /// - Throws: `FileError` of kind `badData` unless an example has from 1 to 2³¹ − 1 inputs. A file without examples
  ///   could otherwise name any size.
  static func check(exampleShape shape: ArraySlice<Int>, file: String) throws {
    guard !shape.contains(0) else { throw FileError(.badData, file: file, "has examples of no inputs") }
    var width = 1
    for size in shape {
      let (product, overflow) = width.multipliedReportingOverflow(by: size)
      guard !overflow, product < 1 << 31 else {
        let text = shape.map(String.init).joined(separator: " x ")
        throw FileError(.badData, file: file, "has examples of \(text) inputs, which is too many")
      }
      width = product
    }
  }

  private static func labels(_ tensor: Safetensors.Tensor, count: Int, in file: InputFile) throws -> [UInt16] {
    guard tensor.shape.count == 1, tensor.type == .u8 || tensor.type == .u16 else {
      throw file.malformed("labels are \(tensor.type.rawValue) of \(tensor.shape.count) dimensions, not U8 or U16 of 1")
    }
    guard tensor.shape[0] == count else {
      throw file.malformed("labels has \(tensor.shape[0]) entries, images \(count)")
    }
    return tensor.type == .u8
      ? (0..<count).map { UInt16(tensor.bytes.little($0, as: UInt8.self)) }
      : (0..<count).map { tensor.bytes.little(2 * $0) }
  }

  /// The data file of this data set.
  ///
  /// - Parameter tool: name and version of the program that makes it.
  package func file(tool: String) -> Safetensors {
    var metadata = FileFormat.data.metadata
    metadata["scale"] = scale.description
    metadata["classes"] = classes.joined(separator: " ")
    metadata["source"] = source
    metadata["tool"] = tool
    var tensors: [String: Safetensors.Tensor] = [:]
    switch inputs {
    case .pixels(let bytes, let rows, let columns):
      tensors["images"] = .init(.u8, shape: [count, rows, columns], bytes: bytes)
    case .features(let bytes, let width):
      tensors["features"] = .init(.f32, shape: [count, width], bytes: bytes)
    }
    if let labels {
      tensors["labels"] =
        classes.count <= 256
        ? .init(.u8, shape: [count], bytes: Bytes(labels.map { UInt8($0) }))
        : .init(.u16, shape: [count], bytes: Bytes(littleEndian: labels))
    }
    return Safetensors(metadata: metadata, tensors: tensors)
  }
}
