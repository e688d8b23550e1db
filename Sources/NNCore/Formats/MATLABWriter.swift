/// Writes MATLAB files of version 5: matrices, little-endian and not compressed. See `MATLAB`.
struct MATLABWriter {
  /// The classes of matrices, by their numbers in the format.
  enum Kind: UInt8 {
    case characters = 4
    case single = 7
    case uint8 = 9
    case uint16 = 11

    /// The type of the elements as they are stored.
    fileprivate var storage: MATLABReader.ElementType {
      switch self {
      case .characters, .uint16: .uint16
      case .single: .single
      case .uint8: .uint8
      }
    }

    fileprivate var size: Int {
      switch self {
      case .characters, .uint16: 2
      case .single: 4
      case .uint8: 1
      }
    }
  }

  /// The format tells sizes in 32 bits.
  static let maximumSize = Int(UInt32.max) - 1024

  private let write: (Bytes) throws -> Void

  /// - Parameter tool: the program that makes the file.
  /// - Throws: errors of `write`.
  init(tool: String, write: @escaping (Bytes) throws -> Void) throws {
    self.write = write
    let text = Array("MATLAB 5.0 MAT-file, made by \(tool)".utf8.prefix(116))
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: 116 - text.count)
    // No place of data for MATLAB itself, version 1.0, little-endian.
    try write(Bytes(text + blanks + [UInt8](repeating: 0, count: 8) + [0, 1] + Array("IM".utf8)))
  }

  /// Writes a matrix.
  ///
  /// - Parameters:
  ///   - dimensions: at least two.
  ///   - putElements: writes the elements, the first index running fastest.
  /// - Precondition: the elements have at most `maximumSize` bytes.
  /// - Throws: errors of `write`.
  func append(
    _ name: String, _ kind: Kind, _ dimensions: [Int], _ putElements: ((Bytes) throws -> Void) throws -> Void
  ) throws {
    let size = dimensions.reduce(kind.size, *)
    precondition(size <= Self.maximumSize && dimensions.count >= 2)
    let padding = [UInt8](repeating: 0, count: (8 - size % 8) % 8)
    var header = Self.element(.uint32, [kind.rawValue, 0, 0, 0, 0, 0, 0, 0])
    header += Self.element(.int32, [UInt8](Bytes(littleEndian: dimensions.map { Int32($0) })))
    header += Self.element(.int8, Array(name.utf8)) + Self.tag(kind.storage, size: size)
    try write(Bytes(Self.tag(.matrix, size: header.count + size + padding.count) + header))
    try putElements(write)
    try write(Bytes(padding))
  }

  private static func tag(_ type: MATLABReader.ElementType, size: Int) -> [UInt8] {
    [UInt8](Bytes(littleEndian: [type.rawValue, UInt32(size)]))
  }

  private static func element(_ type: MATLABReader.ElementType, _ contents: [UInt8]) -> [UInt8] {
    tag(type, size: contents.count) + contents + [UInt8](repeating: 0, count: (8 - contents.count % 8) % 8)
  }
}
