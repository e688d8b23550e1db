/// Reads MATLAB's files of version 5, with compressed variables or without, of either byte order.
///
/// The format is described in "MAT-File Format" by The MathWorks, chapter 1.
package struct MATLAB {
  /// What a variable or a field holds.
  package indirect enum Value {
    /// The shape is MATLAB's turned round, so that the bytes, in which the first index runs fastest, are in C order.
    case numbers(NumberArray)
    /// The rows of a matrix of characters, without the blanks at their ends.
    case texts([String])
    case structure([(name: String, value: Value)])
    /// A kind of value that is not read, with a word for it.
    case other(String)
  }

  /// The variables in the order of the file.
  package let variables: [(name: String, value: Value)]

  private static let headerSize = 128

  package static func recognizes(_ bytes: Bytes) -> Bool { bytes.hasBytes(Array("MATLAB 5.0 MAT-file".utf8)) }

  /// - Throws: `FileError` of kind `badData` if the file is damaged, or a variable grows beyond `limit`.
  package init(_ bytes: Bytes, limit: InflationLimit, of file: InputFile) throws {
    guard bytes.count >= Self.headerSize else {
      throw file.malformed("matlab: ends within its header", at: .byte(bytes.count))
    }
    let isBigEndian = bytes.hasBytes(Array("MI".utf8), at: 126)
    guard isBigEndian || bytes.hasBytes(Array("IM".utf8), at: 126) else {
      throw file.malformed("matlab: doesn't tell its byte order", at: .byte(126))
    }
    var variables: [(name: String, value: Value)] = []
    var place = Self.headerSize
    while place < bytes.count {
      var reader = MATLABReader(bytes, from: place, isBigEndian: isBigEndian)
      do {
        let element = try reader.element(isPadded: false)
        var inner = MATLABReader(element.contents, from: 0, isBigEndian: isBigEndian)
        switch element.type {
        case .compressed:
          let unpacked = try Self.inflated(element.contents, limit, at: place, file)
          inner = MATLABReader(unpacked, from: 0, isBigEndian: isBigEndian)
          let element = try inner.element(isPadded: false)
          guard element.type == .matrix else {
            throw MATLABReader.Fault(message: "a compressed element is no variable")
          }
          inner = MATLABReader(element.contents, from: 0, isBigEndian: isBigEndian)
          variables.append(try inner.matrix())
        case .matrix: variables.append(try inner.matrix())
        // What the file keeps for MATLAB itself.
        default: break
        }
        place = reader.place
      } catch let fault as MATLABReader.Fault {
        throw file.malformed("matlab: \(fault.message)", at: .byte(place))
      }
    }
    self.variables = variables
  }

  private static func inflated(_ packed: Bytes, _ limit: InflationLimit, at place: Int, _ file: InputFile) throws
    -> Bytes
  {
    var output = BytesBuilder(capacity: min(4 * packed.count, limit.maximum(from: packed.count)))
    do {
      let inflater = try Inflater(.zlib, packed)
      while try !inflater.next(into: &output) {
        guard output.count <= limit.maximum(from: packed.count) else {
          throw file.malformed(
            "matlab: \(limit.refusal(from: packed.count))", at: .byte(place), remedy: .allowMoreInflation)
        }
      }
    } catch let fault as Inflater.Fault {
      throw MATLABReader.Fault(message: "a compressed variable \(fault)")
    }
    return try output.finish()
  }
}
