/// The segments of a JPEG file before its first scan: a marker and its parameters each (ITU T.81, section B.1.1).
struct JPEGSegments: Sequence, IteratorProtocol {
  private let bytes: Bytes
  private var place = 2

  private static let scan: UInt8 = 0xda
  private static let adobe: UInt8 = 0xee

  init(_ bytes: Bytes) {
    self.bytes = bytes
  }

  /// The next marker and the place of its parameters; nil at the first scan, and where the segments are damaged.
  mutating func next() -> (marker: UInt8, data: Range<Int>)? {
    guard place + 4 <= bytes.count, bytes[place] == 0xff else { return nil }
    let marker = bytes[place + 1]
    // Markers may be preceded by any number of fill bytes.
    if marker == 0xff {
      place += 1
      return next()
    }
    let length = Int(bytes.big(place + 2, as: UInt16.self))
    guard marker != Self.scan, length >= 2, place + 2 + length <= bytes.count else { return nil }
    defer { place += 2 + length }
    return (marker, place + 4..<place + 2 + length)
  }

  /// Whether the file has the marker of Adobe's programs, which store CMYK inverted.
  var hasAdobeMarker: Bool {
    contains { marker, data in marker == Self.adobe && bytes.hasBytes(Array("Adobe".utf8), at: data.lowerBound) }
  }
}

/// Finds the end of a JPEG file whose bytes come one after the other.
struct JPEGEnd {
  private enum State {
    /// So many bytes of the signature have passed.
    case start(Int)
    /// A marker begins here.
    case marker
    /// The first byte of a marker has passed.
    case code
    case lengthHigh(marker: UInt8)
    case lengthLow(marker: UInt8, high: UInt8)
    /// So many bytes of a segment are left.
    case segment(marker: UInt8, left: Int)
    /// Compressed data, in which 0xff is followed by 0 or belongs to a marker.
    case scan
    case scanCode
  }

  enum Verdict {
    case goesOn, ends, isDamaged
  }

  private var state = State.start(0)
  /// The number of bytes that have passed.
  private(set) var count = 0
  /// Where the first scan begins; before it, notes may hold another JPEG, of a small picture.
  private(set) var scanStart: Int?

  /// Takes the next byte; tells whether it is the last one.
  mutating func pass(_ byte: UInt8) -> Verdict {
    count += 1
    switch state {
    case .start(let place):
      guard byte == JPEG.signature[place] else { return .isDamaged }
      state = place + 1 < JPEG.signature.count ? .start(place + 1) : .code
    case .marker:
      guard byte == 0xff else { return .isDamaged }
      state = .code
    case .code: return begin(byte)
    case .lengthHigh(let marker): state = .lengthLow(marker: marker, high: byte)
    case .lengthLow(let marker, let high):
      let length = Int(high) << 8 | Int(byte)
      guard length >= 2 else { return .isDamaged }
      end(marker, left: length - 2)
    case .segment(let marker, let left): end(marker, left: left - 1)
    case .scan: if byte == 0xff { state = .scanCode }
    case .scanCode:
      switch byte {
      case 0, 0xd0...0xd7: state = .scan
      case 0xff: break
      default: return begin(byte)
      }
    }
    return .goesOn
  }

  private mutating func begin(_ marker: UInt8) -> Verdict {
    switch marker {
    case 0xff: return .goesOn
    case 0xd9: return .ends
    case 0, 0xd8: return .isDamaged
    case 1, 0xd0...0xd7: state = .marker
    default: state = .lengthHigh(marker: marker)
    }
    return .goesOn
  }

  private mutating func end(_ marker: UInt8, left: Int) {
    let isScan = marker == 0xda
    state = left > 0 ? .segment(marker: marker, left: left) : isScan ? .scan : .marker
    if left == 0, isScan { scanStart = scanStart ?? count }
  }
}
