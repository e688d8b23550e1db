/// Reads the entries of a zip file (APPNOTE 6.3), stored or deflated, with zip64 sizes, such as NumPy's `.npz`.
struct Zip {
  private struct Entry {
    let name: String
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let packedSize: Int
    let size: Int
    let headerOffset: Int
  }

  private let bytes: Bytes
  private let file: InputFile
  private let entries: [Entry]

  static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes([0x50, 0x4b, 0x03, 0x04]) || bytes.hasBytes([0x50, 0x4b, 0x05, 0x06])
  }

  /// - Throws: `FileError` of kind `badData` if the directory at the end of the file is missing or malformed.
  init(_ bytes: Bytes, of file: InputFile) throws {
    (self.bytes, self.file) = (bytes, file)
    let directory = try Self.directory(bytes, file)
    var entries: [Entry] = []
    var place = directory.lowerBound
    while place < directory.upperBound {
      guard place + 46 <= directory.upperBound, bytes.little(place, as: UInt32.self) == 0x0201_4b50 else {
        throw file.malformed("zip: the directory is damaged", at: .byte(place))
      }
      let lengths = [28, 30, 32].map { Int(bytes.little(place + $0, as: UInt16.self)) }
      let end = place + 46 + lengths.reduce(0, +)
      guard end <= directory.upperBound else { throw file.malformed("zip: the directory is damaged", at: .byte(place)) }
      let extra = bytes[place + 46 + lengths[0]..<place + 46 + lengths[0] + lengths[1]]
      var wide = Self.wideFields(extra)[...]
      /// A 32-bit field, or the next 64-bit field that replaces it.
      func size(at offset: Int) throws -> Int {
        let narrow = bytes.little(place + offset, as: UInt32.self)
        guard narrow == .max else { return Int(narrow) }
        guard let value = wide.popFirst().flatMap({ Int(exactly: $0) }) else {
          throw file.malformed("zip: a zip64 size is missing", at: .byte(place))
        }
        return value
      }
      let size64 = try size(at: 24)
      let packedSize = try size(at: 20)
      entries.append(
        Entry(
          name: String(decoding: [UInt8](bytes[place + 46..<place + 46 + lengths[0]]), as: UTF8.self),
          method: bytes.little(place + 10), isEncrypted: bytes.little(place + 8, as: UInt16.self) & 1 != 0,
          checksum: bytes.little(place + 16), packedSize: packedSize, size: size64, headerOffset: try size(at: 42)))
      place = end
    }
    self.entries = entries
  }

  var names: [String] { entries.map(\.name) }

  /// The content of the first entry of that name, with its checksum verified.
  ///
  /// - Throws: `FileError` of kind `badData` if it is damaged, has another compression method, or grows beyond `limit`.
  func contents(of name: String, limit: InflationLimit) throws -> Bytes {
    func fault(_ message: String) -> FileError { fault(message, remedy: nil) }
    func fault(_ message: String, remedy: Remedy?) -> FileError {
      file.malformed("zip: \(name): \(message)", remedy: remedy)
    }
    guard let entry = entries.first(where: { $0.name == name }) else { throw fault("is not there") }
    guard !entry.isEncrypted else { throw fault("is encrypted") }
    let header = entry.headerOffset
    guard header <= bytes.count - 30, bytes.little(header, as: UInt32.self) == 0x0403_4b50 else {
      throw fault("its place in the file is wrong")
    }
    let start =
      header + 30 + Int(bytes.little(header + 26, as: UInt16.self)) + Int(bytes.little(header + 28, as: UInt16.self))
    guard start <= bytes.count, entry.packedSize <= bytes.count - start else { throw fault("ends beyond the file") }
    let packed = bytes[start..<start + entry.packedSize]
    guard entry.size <= limit.maximum(from: packed.count) else {
      throw fault(limit.refusal(from: packed.count), remedy: .allowMoreInflation)
    }
    let contents: Bytes
    switch entry.method {
    case 0: contents = packed
    case 8: contents = try inflated(packed, size: entry.size, fault)
    default: throw fault("is packed by method \(entry.method); stored and deflated entries are read")
    }
    guard contents.count == entry.size else { throw fault("holds \(contents.count) bytes, not \(entry.size)") }
    guard crc32(contents) == entry.checksum else { throw fault("the checksum is wrong") }
    return contents
  }

  private func inflated(_ packed: Bytes, size: Int, _ fault: (String) -> FileError) throws -> Bytes {
    var output = BytesBuilder(capacity: size)
    let inflater = try Inflater(.none, packed)
    do {
      while try !inflater.next(into: &output) {
        guard output.count <= size else { throw fault("is longer than the \(size) bytes it is said to be") }
      }
    } catch let error as Inflater.Fault {
      throw fault("\(error)")
    }
    return try output.finish()
  }

  /// The place of the directory, from the record at the end of the file.
  private static func directory(_ bytes: Bytes, _ file: InputFile) throws -> Range<Int> {
    // A comment of at most 65535 bytes may follow the record.
    var end = bytes.count - 22
    while end >= max(0, bytes.count - 22 - 65535), bytes.little(end, as: UInt32.self) != 0x0605_4b50 { end -= 1 }
    guard end >= 0, bytes.little(end, as: UInt32.self) == 0x0605_4b50 else {
      throw file.malformed("zip: has no directory at its end: it is damaged or cut off", at: .byte(bytes.count))
    }
    var size = UInt64(bytes.little(end + 12, as: UInt32.self))
    var start = UInt64(bytes.little(end + 16, as: UInt32.self))
    let locator = end - 20
    if locator >= 0, bytes.little(locator, as: UInt32.self) == 0x0706_4b50 {
      let wide = bytes.little(locator + 8, as: UInt64.self)
      guard wide <= UInt64(max(locator - 56, 0)), bytes.little(Int(wide), as: UInt32.self) == 0x0606_4b50 else {
        throw file.malformed("zip: the zip64 record is not where it should be", at: .byte(locator))
      }
      size = bytes.little(Int(wide) + 40)
      start = bytes.little(Int(wide) + 48)
    }
    guard start <= UInt64(end), size <= UInt64(end) - start else {
      throw file.malformed("zip: the directory is not within the file", at: .byte(end))
    }
    return Int(start)..<Int(start + size)
  }

  /// The 64-bit numbers of the zip64 extra field.
  private static func wideFields(_ extra: Bytes) -> [UInt64] {
    var place = 0
    while place + 4 <= extra.count {
      let size = Int(extra.little(place + 2, as: UInt16.self))
      guard place + 4 + size <= extra.count else { break }
      if extra.little(place, as: UInt16.self) == 1 {
        return (0..<size / 8).map { extra.little(place + 4 + 8 * $0) }
      }
      place += 4 + size
    }
    return []
  }
}
