/// NumPy's `.npy`: a header that is a Python dictionary, and the elements
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
package enum NPY {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  private static let longestHeader = 1 << 16

  package static func recognizes(_ bytes: Bytes) -> Bool { bytes.hasBytes(magic) }

  /// - Parameter name: the name of the array within the file, for errors.
  /// - Throws: `FileError` of kind `badData` if the header is malformed, the elements are neither numbers nor text, or
  ///   the file's length doesn't match the header.
  package static func read(_ bytes: Bytes, of file: InputFile, name: String? = nil) throws -> StoredArray {
    let what = name.map { "\($0): " } ?? "npy: "
    func fault(_ message: String, at place: Int? = nil) -> FileError {
      file.malformed(what + message, at: name == nil ? place.map { .byte($0) } : nil)
    }
    guard recognizes(bytes) else { throw fault("is not a .npy file: no magic number", at: 0) }
    guard bytes.count >= 12 else { throw fault("the header ends early", at: bytes.count) }
    guard (1...3).contains(bytes[6]) else {
      throw fault("has format version \(bytes[6]), where 1 to 3 are known", at: 6)
    }
    let start = bytes[6] == 1 ? 10 : 12
    let length = bytes[6] == 1 ? Int(bytes.little(8, as: UInt16.self)) : Int(bytes.little(8, as: UInt32.self))
    guard length <= longestHeader else { throw fault("has a header of \(length) bytes", at: 8) }
    guard bytes.count - start >= length else { throw fault("the header ends early", at: bytes.count) }
    let data = bytes[start + length..<bytes.count]
    guard let header = Header(Array(bytes[start..<start + length])) else {
      throw fault("the header is not a dictionary of descr, fortran_order and shape", at: start)
    }
    guard !header.type.dropFirst().hasPrefix("O") else {
      throw fault("holds Python objects, which are not read: they can run code")
    }
    guard let order = header.type.first, "<>|=".contains(order),
      let type = StoredArray.ElementType(numpyCode: String(header.type.dropFirst()))
    else { throw fault("has elements of type '\(header.type)', which are no numbers that are known", at: start) }
    guard let size = StoredArray.size(of: header.shape, elementSize: type.size) else {
      throw fault("the shape is too large to count", at: start)
    }
    guard data.count == size else {
      throw fault(
        "\(header.shape) elements take \(size) bytes, and \(data.count) are there",
        at: start + length + min(size, data.count))
    }
    guard
      let array = try StoredArray(
        data, shape: header.shape, of: type, isBigEndian: order == ">", isFortran: header.isFortran)
    else { throw fault("holds text of shape \(header.shape), not one an example") }
    return array
  }

  /// The header, which precedes the elements, as NumPy 2 writes it.
  ///
  /// - Parameter type: NumPy's name of the element type, such as `|u1` or `<f4`.
  package static func header(type: String, shape: [Int]) -> [UInt8] {
    let sides = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
    var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sides)), }"
    // NumPy leaves room for the first dimension to grow.
    text += String(repeating: " ", count: max(0, 21 - String(shape.first ?? 0).count))
    let unpadded = magic.count + 4 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let count = UInt16(text.utf8.count)
    return magic + [1, 0, UInt8(count & 0xff), UInt8(count >> 8)] + Array(text.utf8)
  }

  /// Parses the dictionary, with its keys in any order.
  private struct Header {
    var type = ""
    var isFortran = false
    var shape: [Int] = []

    init?(_ text: [UInt8]) {
      var rest = Substring(decoding: text, as: UTF8.self)
      var keys: Set<String> = []
      func skip(_ token: String) -> Bool {
        rest = rest.drop { $0.isWhitespace }
        guard rest.hasPrefix(token) else { return false }
        rest = rest.dropFirst(token.count)
        return true
      }
      func quoted() -> String? {
        rest = rest.drop { $0.isWhitespace }
        guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
        let body = rest.dropFirst().prefix { $0 != quote }
        guard body.endIndex < rest.endIndex else { return nil }
        rest = rest[rest.index(after: body.endIndex)...]
        return String(body)
      }
      guard skip("{") else { return nil }
      while !skip("}") {
        guard let key = quoted(), skip(":"), keys.insert(key).inserted else { return nil }
        switch key {
        case "descr":
          guard let type = quoted() else { return nil }
          self.type = type
        case "fortran_order":
          if skip("True") { isFortran = true } else if !skip("False") { return nil }
        case "shape":
          guard skip("(") else { return nil }
          while !skip(")") {
            rest = rest.drop { $0.isWhitespace }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let side = Int(digits) else { return nil }
            shape.append(side)
            rest = rest.dropFirst(digits.count)
            if !skip(","), !rest.drop(while: \.isWhitespace).hasPrefix(")") { return nil }
          }
        default: return nil
        }
        if !skip(","), !rest.drop(while: \.isWhitespace).hasPrefix("}") { return nil }
      }
      guard keys.count == 3, rest.allSatisfy(\.isWhitespace) else { return nil }
    }
  }
}

extension NumberArray.Element {
  /// The element type of NumPy's letter and size, such as `u1`.
  init?(numpyCode code: String) {
    switch code {
    case "u1", "b1": self = .uint8
    case "i1": self = .int8
    case "u2": self = .uint16
    case "i2": self = .int16
    case "u4": self = .uint32
    case "i4": self = .int32
    case "u8": self = .uint64
    case "i8": self = .int64
    case "f2": self = .float16
    case "f4": self = .float32
    case "f8": self = .float64
    default: return nil
    }
  }
}
