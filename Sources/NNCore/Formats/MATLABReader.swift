/// Reads the elements that a MATLAB file is made of, each with its type and size before it.
///
/// The bytes are untrusted: every size is compared with what is left of them.
struct MATLABReader {
  struct Fault: Error {
    let message: String
  }

  /// The types of elements that matter, by their numbers in the format.
  enum ElementType: UInt32 {
    case int8 = 1
    case uint8, int16, uint16, int32, uint32, single
    case double = 9
    case int64 = 12
    case uint64, matrix, compressed, utf8, utf16, utf32

    /// nil for what holds no numbers.
    var number: NumberArray.Element? {
      switch self {
      case .int8: .int8
      case .uint8: .uint8
      case .int16: .int16
      case .uint16: .uint16
      case .int32: .int32
      case .uint32: .uint32
      case .single: .float32
      case .double: .float64
      case .int64: .int64
      case .uint64: .uint64
      case .matrix, .compressed, .utf8, .utf16, .utf32: nil
      }
    }
  }

  private let bytes: Bytes
  private let isBigEndian: Bool
  private(set) var place: Int
  /// How many structures are open.
  private let depth: Int

  private static let deepest = 16

  init(_ bytes: Bytes, from place: Int, isBigEndian: Bool, depth: Int = 0) {
    (self.bytes, self.place, self.isBigEndian, self.depth) = (bytes, place, isBigEndian, depth)
  }

  private func word(at place: Int) -> UInt32 { isBigEndian ? bytes.big(place) : bytes.little(place) }

  /// The next element: nil as its type if that is unknown. An element of four bytes at most may stand within its tag.
  ///
  /// - Parameter isPadded: whether the next element begins at a multiple of 8 bytes.
  mutating func element(isPadded: Bool = true) throws -> (type: ElementType?, contents: Bytes) {
    guard bytes.count - place >= 8 else { throw Fault(message: "ends early") }
    let first = word(at: place)
    if first >> 16 != 0 {
      let size = Int(first >> 16)
      guard size <= 4 else { throw Fault(message: "a small element has \(size) bytes") }
      defer { place += 8 }
      return (ElementType(rawValue: first & 0xffff), bytes[place + 4..<place + 4 + size])
    }
    let size = Int(word(at: place + 4))
    guard size <= bytes.count - place - 8 else {
      throw Fault(message: "an element of \(size) bytes ends beyond the file")
    }
    let contents = bytes[place + 8..<place + 8 + size]
    let end = place + 8 + size
    // The last element may lack its padding.
    place = isPadded ? min((end + 7) / 8 * 8, bytes.count) : end
    return (ElementType(rawValue: first), contents)
  }

  /// The numbers of an element of 32-bit integers.
  private mutating func integers(_ what: String) throws -> [Int] {
    let (type, contents) = try element()
    guard type == .int32 || type == .uint32 else { throw Fault(message: "\(what) are damaged") }
    return (0..<contents.count / 4).map {
      Int(isBigEndian ? contents.big(4 * $0, as: Int32.self) : contents.little(4 * $0, as: Int32.self))
    }
  }

  private mutating func text() throws -> [UInt8] { [UInt8](try element().contents) }

  /// The variable, or value of a field, whose contents these are.
  mutating func matrix() throws -> (name: String, value: MATLAB.Value) {
    guard bytes.count > 0 else { return ("", .other("empty")) }
    let flags = try integers("the flags of a variable")
    guard let first = flags.first else { throw Fault(message: "the flags of a variable are damaged") }
    // The storage of an opaque object has no dimensions.
    if first & 0xff == 17 { return ("", .other("an object")) }
    let dimensions = try integers("the dimensions of a variable")
    let name = String(decoding: try text(), as: UTF8.self)
    guard dimensions.count >= 2, dimensions.count <= 32, dimensions.allSatisfy({ $0 >= 0 }),
      let count = StoredArray.size(of: dimensions, elementSize: 1)
    else { throw Fault(message: "the dimensions of '\(name)' are damaged") }
    do {
      return (name, try value(of: first & 0xff, isComplex: first & 0x800 != 0, dimensions, count: count))
    } catch let fault as Fault {
      throw Fault(message: name.isEmpty ? fault.message : "'\(name)': \(fault.message)")
    }
  }

  private mutating func value(
    of kind: Int, isComplex: Bool, _ dimensions: [Int], count: Int
  ) throws -> MATLAB.Value {
    switch kind {
    case 1: return .other("a cell array")
    case 2: return count == 1 ? try structure() : .other("an array of structures")
    case 3: return .other("an object")
    case 4: return try characters(dimensions, count: count)
    case 5: return .other("a sparse matrix")
    case 6...15 where isComplex: return .other("complex numbers")
    case 6...15:
      let (type, contents) = try element()
      guard let number = type?.number else { throw Fault(message: "its numbers are damaged") }
      guard StoredArray.size(of: dimensions, elementSize: number.size) == contents.count else {
        throw Fault(
          message:
            "has \(contents.count) bytes, which are not \(dimensions.map(String.init).joined(separator: " x ")) numbers"
        )
      }
      return .numbers(NumberArray(number, isBigEndian: isBigEndian, shape: dimensions.reversed(), bytes: contents))
    default: return .other("of an unknown kind")
    }
  }

  private mutating func structure() throws -> MATLAB.Value {
    guard depth < Self.deepest else { throw Fault(message: "structures are nested too deep") }
    guard let length = try integers("the names of fields").first, length > 0 else {
      throw Fault(message: "the names of fields are damaged")
    }
    let names = try text()
    var fields: [(name: String, value: MATLAB.Value)] = []
    for start in stride(from: 0, to: names.count - length + 1, by: length) {
      let name = String(decoding: names[start..<start + length].prefix { $0 != 0 }, as: UTF8.self)
      let (type, contents) = try element()
      guard type == .matrix else { throw Fault(message: "the field '\(name)' is damaged") }
      var inner = MATLABReader(contents, from: 0, isBigEndian: isBigEndian, depth: depth + 1)
      do {
        fields.append((name, try inner.matrix().value))
      } catch let fault as Fault {
        throw Fault(message: "\(name): \(fault.message)")
      }
    }
    return .structure(fields)
  }

  private mutating func characters(_ dimensions: [Int], count: Int) throws -> MATLAB.Value {
    let (type, contents) = try element()
    let codes: [UInt32]
    switch type {
    case .utf16, .uint16:
      codes = (0..<contents.count / 2).map {
        UInt32(isBigEndian ? contents.big(2 * $0, as: UInt16.self) : contents.little(2 * $0, as: UInt16.self))
      }
    case .utf8: codes = String(decoding: [UInt8](contents), as: UTF8.self).unicodeScalars.map(\.value)
    case .int8, .uint8: codes = [UInt8](contents).map(UInt32.init)
    default: return .other("characters of an unknown kind")
    }
    guard dimensions.count == 2, codes.count == count, count > 0 else { return .other("text") }
    let (rows, columns) = (dimensions[0], dimensions[1])
    return .texts(
      (0..<rows).map { row in
        var text = String.UnicodeScalarView()
        for column in 0..<columns { text.append(Unicode.Scalar(codes[column * rows + row]) ?? "\u{fffd}") }
        while text.last == " " { text.removeLast() }
        return String(text)
      })
  }
}
