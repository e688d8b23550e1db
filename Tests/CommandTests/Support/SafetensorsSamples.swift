import Foundation

// Safetensors files by hand, sound and not.

extension Samples {
  /// A file of the header as it stands and what follows it.
  static func safetensors(_ header: some StringProtocol, _ data: [UInt8] = []) -> [UInt8] {
    safetensors(header: Array(header.utf8), data)
  }

  static func safetensors(header: [UInt8], _ data: [UInt8] = []) -> [UInt8] {
    littleEndian(UInt64(header.count)) + header + data
  }

  static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  static func floats(_ values: [Float]) -> [UInt8] {
    values.flatMap { littleEndian($0.bitPattern) }
  }

  /// A file of tensors in the order given, none aligned to more than the one before leaves it.
  static func safetensors(
    metadata: [String: String], _ tensors: [(name: String, type: String, shape: [Int], bytes: [UInt8])]
  ) throws -> [UInt8] {
    var members = ["\"__metadata__\":\(String(decoding: try JSONEncoder().encode(metadata), as: UTF8.self))"]
    var data: [UInt8] = []
    for tensor in tensors {
      let end = data.count + tensor.bytes.count
      let place = "[\(data.count),\(end)]"
      members.append(
        #""\#(tensor.name)":{"dtype":"\#(tensor.type)","shape":\#(tensor.shape),"data_offsets":\#(place)}"#)
      data += tensor.bytes
    }
    return safetensors("{\(members.joined(separator: ","))}", data)
  }

  /// A data file of features.
  static func features(_ rows: [[Float]], labels: [UInt8]?) throws -> [UInt8] {
    let features = (
      name: "features", type: "F32", shape: [rows.count, rows[0].count], bytes: floats(rows.flatMap { $0 })
    )
    let answers = labels.map { (name: "labels", type: "U8", shape: [$0.count], bytes: $0) }
    return try safetensors(metadata: ["format": "nn-data", "version": "1"], [features] + (answers.map { [$0] } ?? []))
  }

  /// A data file of pixels.
  static func pixels(shape: [Int], _ pixels: [UInt8], labels: [UInt8]?) throws -> [UInt8] {
    let images = (name: "images", type: "U8", shape: shape, bytes: pixels)
    let answers = labels.map { (name: "labels", type: "U8", shape: [$0.count], bytes: $0) }
    return try safetensors(metadata: ["format": "nn-data", "version": "1"], [images] + (answers.map { [$0] } ?? []))
  }

  /// A model of one layer: softmax(weights · x + biases).
  static func model(weights: [[Float]], biases: [Float], classes: [String]? = nil) throws -> [UInt8] {
    var metadata = ["format": "nn-model", "version": "1"]
    metadata["classes"] = classes?.joined(separator: " ")
    return try safetensors(
      metadata: metadata,
      [
        ("0.weight", "F32", [weights.count, weights[0].count], floats(weights.flatMap { $0 })),
        ("0.bias", "F32", [biases.count], floats(biases)),
      ])
  }
}

extension Shell {
  /// Writes a file that differs from another only in its metadata.
  func write(_ name: String, from other: String, _ change: (inout [String: String]) -> Void) throws {
    let file = try PlainSafetensors(read(other))
    var metadata = file.metadata
    change(&metadata)
    let tensors = file.tensors.map { (name: $0.key, type: $0.value.type, shape: $0.value.shape, bytes: $0.value.bytes) }
    try write(Samples.safetensors(metadata: metadata, tensors), to: name)
  }
}
