/// Reads Thrift's compact protocol, in which Parquet keeps its metadata.
///
/// The bytes are untrusted: every length is compared with what is left of them. The protocol is described in
/// thrift-compact-protocol.md of Apache Thrift.
package struct ThriftReader {
  /// The type of a field or of a list's elements. A boolean field has its value in its type.
  package enum Kind: UInt8 {
    case stop, yes, no, byte, int16, int32, int64, double, binary, list, set, map, structure, uuid
  }

  package struct Fault: Error {
    /// Offset of the damage from the start of the bytes.
    package let place: Int
    package let message: String
  }

  private let bytes: Bytes
  package private(set) var place: Int
  /// How many structures and lists are open.
  private var depth = 0

  private static let deepest = 32

  package init(_ bytes: Bytes, at place: Int = 0) {
    (self.bytes, self.place) = (bytes, place)
  }

  private func fault(_ message: String) -> Fault { Fault(place: place, message: message) }

  // MARK: Structures

  /// Reads a structure. `take` reads the value of a field that it knows and returns true; other fields are skipped.
  ///
  /// - Throws: `Fault`, or what `take` throws.
  package mutating func structure(_ take: (inout ThriftReader, _ field: Int, _ kind: Kind) throws -> Bool) throws {
    try nested { reader in
      var field = 0
      while true {
        let head = try reader.byte()
        let kind = try reader.kind(head)
        if kind == .stop { return }
        field = head >> 4 == 0 ? Int(truncatingIfNeeded: try reader.zigzag()) : field &+ Int(head >> 4)
        if try !take(&reader, field, kind) { try reader.skip(kind) }
      }
    }
  }

  /// Reads a list, each element by `element`.
  package mutating func list<Element>(
    _ kind: Kind, _ element: (inout ThriftReader, _ kind: Kind) throws -> Element
  ) throws -> [Element] {
    guard kind == .list || kind == .set else { throw fault("a list is expected") }
    return try nested { reader in
      let head = try reader.byte()
      let kind = try reader.kind(head)
      let count = head >> 4 == 15 ? try reader.varint() : UInt64(head >> 4)
      // Each element takes at least a byte.
      guard count <= reader.bytes.count - reader.place else { throw reader.fault("a list is longer than the data") }
      var elements: [Element] = []
      for _ in 0..<count { elements.append(try element(&reader, kind)) }
      return elements
    }
  }

  private mutating func nested<Result>(_ body: (inout ThriftReader) throws -> Result) throws -> Result {
    guard depth < Self.deepest else { throw fault("is nested more than \(Self.deepest) deep") }
    depth += 1
    defer { depth -= 1 }
    return try body(&self)
  }

  private mutating func skip(_ kind: Kind) throws {
    switch kind {
    case .stop: throw fault("a value has no type")
    case .yes, .no: break
    case .byte: _ = try byte()
    case .int16, .int32, .int64: _ = try varint()
    case .double: try advance(8)
    case .uuid: try advance(16)
    case .binary: _ = try binary(kind)
    case .list, .set: _ = try list(kind) { try $0.skipElement($1) }
    case .map: try skipMap()
    case .structure: try structure { _, _, _ in false }
    }
  }

  /// Skips an element of a list or map, in which a boolean is a byte.
  private mutating func skipElement(_ kind: Kind) throws {
    if kind == .yes || kind == .no { try advance(1) } else { try skip(kind) }
  }

  private mutating func skipMap() throws {
    try nested { reader in
      let count = try reader.varint()
      guard count > 0 else { return }
      guard count <= reader.bytes.count - reader.place else { throw reader.fault("a map is longer than the data") }
      let kinds = try reader.byte()
      let (key, value) = (try reader.kind(kinds >> 4), try reader.kind(kinds))
      for _ in 0..<count {
        try reader.skipElement(key)
        try reader.skipElement(value)
      }
    }
  }

  // MARK: Values

  package func boolean(_ kind: Kind) throws -> Bool {
    guard kind == .yes || kind == .no else { throw fault("a boolean is expected") }
    return kind == .yes
  }

  /// An integer of any width.
  package mutating func integer(_ kind: Kind) throws -> Int {
    switch kind {
    case .byte: Int(Int8(bitPattern: try byte()))
    case .int16, .int32, .int64: Int(try zigzag())
    default: throw fault("an integer is expected")
    }
  }

  /// A length, an offset or a number of things, which can't be negative.
  package mutating func count(_ kind: Kind) throws -> Int {
    let value = try integer(kind)
    guard value >= 0 else { throw fault("a length of \(value)") }
    return value
  }

  package mutating func binary(_ kind: Kind) throws -> Bytes {
    guard kind == .binary else { throw fault("a text is expected") }
    let count = try varint()
    guard count <= bytes.count - place else { throw fault("a text is longer than the data") }
    let start = place
    place += Int(count)
    return bytes[start..<place]
  }

  package mutating func text(_ kind: Kind) throws -> String {
    String(decoding: [UInt8](try binary(kind)), as: UTF8.self)
  }

  private func kind(_ byte: UInt8) throws -> Kind {
    guard let kind = Kind(rawValue: byte & 15) else { throw fault("there is no type \(byte & 15)") }
    return kind
  }

  private mutating func advance(_ count: Int) throws {
    guard count <= bytes.count - place else { throw fault("ends early") }
    place += count
  }

  private mutating func byte() throws -> UInt8 {
    try advance(1)
    return bytes[place - 1]
  }

  private mutating func varint() throws -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    throw fault("a number has more than 64 bits")
  }

  private mutating func zigzag() throws -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
