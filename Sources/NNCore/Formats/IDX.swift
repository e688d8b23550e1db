/// The IDX format of the MNIST files (http://yann.lecun.com/exdb/mnist/): two zero bytes, an element type, the number
/// of dimensions, each size as a big-endian 32-bit integer, and the elements, big-endian in C order.
package enum IDX {
  private static let elements: [UInt8: NumberArray.Element] = [
    0x08: .uint8, 0x09: .int8, 0x0b: .int16, 0x0c: .int32, 0x0d: .float32, 0x0e: .float64,
  ]

  /// The header, which precedes the elements.
  ///
  /// - Precondition: IDX has the element type, and the sizes are below 2³².
  static func header(_ element: NumberArray.Element, shape: [Int]) -> [UInt8] {
    let code = elements.first { $0.value == element }!.key
    let sizes = shape.flatMap { size in withUnsafeBytes(of: UInt32(size).bigEndian) { Array($0) } }
    return [0, 0, code, UInt8(shape.count)] + sizes
  }

  /// Whether the bytes start as an IDX file does.
  package static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && elements[bytes[2]] != nil && (1...4).contains(bytes[3])
  }

  /// - Throws: `FileError` of kind `badData` if the header is malformed or the file's length doesn't match it.
  package static func read(_ bytes: Bytes, of file: InputFile) throws -> NumberArray {
    guard bytes.count >= 4 else { throw file.malformed("is too short for an IDX file") }
    guard bytes[0] == 0, bytes[1] == 0 else {
      throw file.malformed("is not an IDX file: no magic number", at: .byte(0))
    }
    guard let element = elements[bytes[2]] else {
      throw file.malformed("IDX: unknown element type \(bytes[2])", at: .byte(2))
    }
    let dimensions = Int(bytes[3])
    guard (1...4).contains(dimensions) else {
      throw file.malformed("IDX: \(dimensions) dimensions, where 1 to 4 are known", at: .byte(3))
    }
    let start = 4 + 4 * dimensions
    guard bytes.count >= start else { throw file.malformed("IDX: the header ends early", at: .byte(bytes.count)) }
    let shape = (0..<dimensions).map { Int(bytes.big(4 + 4 * $0, as: UInt32.self)) }
    guard let size = StoredArray.size(of: shape, elementSize: element.size) else {
      throw file.malformed("IDX: the sizes overflow", at: .byte(4))
    }
    let shapeText = shape.map(String.init).joined(separator: " x ")
    guard bytes.count - start >= size else {
      throw file.malformed(
        "IDX: \(shapeText) elements take \(size) bytes, and \(bytes.count - start) are there", at: .byte(bytes.count))
    }
    guard bytes.count - start == size else {
      throw file.malformed("IDX: bytes follow the \(shapeText) elements", at: .byte(start + size))
    }
    return NumberArray(element, isBigEndian: true, shape: shape, bytes: bytes[start..<bytes.count])
  }
}
