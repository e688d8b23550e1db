import Foundation

/// A safetensors file as Foundation's JSON reader sees it: a second opinion on what the tools write.
struct PlainSafetensors {
  struct Tensor: Equatable {
    let type: String
    let shape: [Int]
    let bytes: [UInt8]

    var floats: [Float] {
      stride(from: 0, to: bytes.count, by: 4).map { start in
        Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
      }
    }
  }

  struct Malformed: Error {}

  let metadata: [String: String]
  let tensors: [String: Tensor]

  init(_ bytes: [UInt8]) throws {
    let length = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let (text, data) = (Data(bytes.dropFirst(8).prefix(length)), Array(bytes.dropFirst(8 + length)))
    guard var header = try JSONSerialization.jsonObject(with: text) as? [String: Any] else { throw Malformed() }
    metadata = header.removeValue(forKey: "__metadata__") as? [String: String] ?? [:]
    tensors = try header.mapValues { value in
      guard let entry = value as? [String: Any], let type = entry["dtype"] as? String,
        let shape = entry["shape"] as? [Int],
        let offsets = entry["data_offsets"] as? [Int], offsets.count == 2, offsets[1] <= data.count
      else { throw Malformed() }
      return Tensor(type: type, shape: shape, bytes: Array(data[offsets[0]..<offsets[1]]))
    }
  }
}
