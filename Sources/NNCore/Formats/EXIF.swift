/// The notes of cameras in JPEG files (CIPA DC-008, "Exif"): an application segment that holds a TIFF file.
enum EXIF {
  private static let segment: UInt8 = 0xe1
  private static let orientation: UInt16 = 0x0112
  /// The type of a whole number of 16 bits.
  private static let short: UInt16 = 3

  /// How a JPEG file's picture must be turned; upright if nothing is said, or said in damaged notes.
  static func orientation(of bytes: Bytes) -> PictureOrientation {
    let start = Array("Exif\0\0".utf8)
    for (marker, data) in JPEGSegments(bytes) where marker == segment && bytes.hasBytes(start, at: data.lowerBound) {
      guard data.count > start.count else { continue }
      return orientation(ofTIFF: bytes[data.lowerBound + start.count..<data.upperBound]) ?? .upright
    }
    return .upright
  }

  /// The orientation in the first directory of a TIFF file.
  private static func orientation(ofTIFF bytes: Bytes) -> PictureOrientation? {
    let isBig = bytes.hasBytes(Array("MM".utf8))
    guard isBig || bytes.hasBytes(Array("II".utf8)) else { return nil }
    func number<Value: FixedWidthInteger & BitwiseCopyable>(_ place: Int, _ type: Value.Type) -> Value? {
      guard place + MemoryLayout<Value>.size <= bytes.count else { return nil }
      return isBig ? bytes.big(place) : bytes.little(place)
    }
    guard number(2, UInt16.self) == 42, let start = number(4, UInt32.self).map(Int.init),
      let count = number(start, UInt16.self)
    else { return nil }
    for entry in 0..<Int(count) {
      let place = start + 2 + 12 * entry
      guard let tag = number(place, UInt16.self) else { return nil }
      guard tag == orientation, number(place + 2, UInt16.self) == short else { continue }
      return number(place + 8, UInt16.self).flatMap { PictureOrientation(rawValue: $0) }
    }
    return nil
  }
}
