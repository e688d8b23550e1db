/// The checked header of a safetensors file.
///
/// It refuses more than 100 MB, a first character other than `{`, text that isn't JSON in UTF-8, a duplicate name,
/// metadata that isn't text, an unknown element type, a shape whose size overflows or isn't the tensor's, and tensors
/// that overlap or leave holes.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let type: Safetensors.ElementType
    let shape: [Int]
    /// The place of the tensor's elements, from the end of the header.
    let range: Range<Int>
  }

  static let longest = 100_000_000

  let metadata: Safetensors.Metadata
  /// The tensors in the order of their data.
  let entries: [Entry]
  let dataLength: Int

  /// The length of the header, from the first eight bytes of a file.
  static func length(prefix: Bytes, in file: InputFile) throws -> Int {
    if prefix.count == 0 {
      throw file.malformed("is empty, not a safetensors file (if it is a pipe: did the command before it fail?)")
    }
    guard prefix.count == 8 else { throw file.malformed("is too short for a safetensors file") }
    guard !PictureFile.recognizes(prefix) else {
      throw file.malformed("that is a picture; a model or a data file is wanted here, of the safetensors format")
    }
    let length = prefix.little(0, as: UInt64.self)
    guard length <= longest else {
      throw file.malformed("is not a safetensors file, or its header is longer than 100 MB", at: .byte(0))
    }
    return Int(length)
  }

  init(text: [UInt8], in file: InputFile) throws {
    guard text.first == UInt8(ascii: "{") else {
      throw file.malformed("is not a safetensors file: the header doesn't start with '{'", at: .byte(8))
    }
    let header: JSON
    do {
      header = try JSON(parsing: text)
    } catch let error as JSON.SyntaxError {
      throw file.malformed("safetensors header: \(error.message)", at: .byte(8 + error.offset))
    }
    guard case .object(let members) = header else { preconditionFailure("text that starts with { is an object") }

    var metadata = Safetensors.Metadata()
    var entries: [Entry] = []
    for member in members {
      if member.name == "__metadata__" {
        metadata = try Self.metadata(member.value, in: file)
      } else {
        entries.append(try Self.entry(member, in: file))
      }
    }
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for entry in entries {
      guard entry.range.lowerBound == end else {
        let fault = entry.range.lowerBound > end ? "leaves a hole before itself" : "overlaps the one before"
        throw file.malformed("tensor '\(entry.name)' \(fault)")
      }
      end = entry.range.upperBound
    }
    self.metadata = metadata
    self.entries = entries
    dataLength = end
  }

  private static func metadata(_ value: JSON, in file: InputFile) throws -> Safetensors.Metadata {
    guard case .object(let members) = value else { throw file.malformed("'__metadata__' is not an object") }
    var metadata = Safetensors.Metadata()
    for member in members {
      guard case .string(let text) = member.value else {
        throw file.malformed("metadata '\(member.name)' is not a string")
      }
      metadata.entries.append((member.name, text))
    }
    return metadata
  }

  private static func entry(_ member: JSON.Member, in file: InputFile) throws -> Entry {
    func fault(_ message: String) -> FileError { file.malformed("tensor '\(member.name)' \(message)") }

    guard case .object(let fields) = member.value else { throw fault("is not described by an object") }
    if let unknown = fields.first(where: { !["dtype", "shape", "data_offsets"].contains($0.name) }) {
      throw fault("has an unknown field '\(unknown.name)'")
    }
    guard case .string(let typeName)? = member.value["dtype"] else { throw fault("has no dtype") }
    guard let type = Safetensors.ElementType(rawValue: typeName) else {
      throw fault("has the unknown dtype '\(typeName)'")
    }
    guard let shape = wholeNumbers(member.value["shape"]) else { throw fault("has no shape of whole numbers") }
    guard let offsets = wholeNumbers(member.value["data_offsets"]), offsets.count == 2, offsets[0] <= offsets[1] else {
      throw fault("has no data_offsets of a start and an end")
    }
    guard let size = type.byteCount(shape: shape) else { throw fault("has a shape too large to count") }
    guard size == offsets[1] - offsets[0] else {
      throw fault("takes \(size) bytes by its shape and \(offsets[1] - offsets[0]) by its data_offsets")
    }
    return Entry(name: member.name, type: type, shape: shape, range: offsets[0]..<offsets[1])
  }

  private static func wholeNumbers(_ value: JSON?) -> [Int]? {
    guard case .array(let items)? = value else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .number(let digits) = item, let number = Int(digits), number >= 0, digits != "-0" else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
