import CZlib

/// Decodes PNG files of small grey pictures in the same memory, as the counterpart of `PNGEncoder`, because setting up
/// libpng takes longer than decoding.
///
/// It decodes only 8-bit grey pictures without interlacing whose chunks are the header, the rows and the end. All other
/// files, and all damaged ones, are left to `PNG`.
final class PNGDecoder {
  private static let maximumPixels = 1 << 16
  private static let data = PNGChunk.code("IDAT")
  /// The end of the header: 8 bits of grey, the only compression and filter methods, not interlaced.
  private static let plainest: [UInt8] = [8, 0, 0, 0, 0]

  private var stream = z_stream()
  /// The inflated picture: each row follows the number of its filter.
  private var rows: [UInt8] = []

  init() {
    let status = inflateInit2_(&stream, 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to decompress")
  }

  deinit { inflateEnd(&stream) }

  /// The pixels, row by row; nil if the file must be decoded by `PNG`.
  ///
  /// - Parameter maxPixels: the maximum number of pixels.
  func decode(_ file: Span<UInt8>, maxPixels: Int) -> (width: Int, height: Int, pixels: [UInt8])? {
    let start = PNG.signature.count
    guard file.count > start, PNG.signature.indices.allSatisfy({ file[$0] == PNG.signature[$0] }),
      let header = PNGChunk(in: file, at: start), header.kind == PNGChunk.header, header.data.count == 13,
      header.isSound(in: file), Self.plainest.indices.allSatisfy({ file[start + 16 + $0] == Self.plainest[$0] })
    else { return nil }
    let (width, height) = (
      Int(PNGChunk.number(in: file, at: start + 8)), Int(PNGChunk.number(in: file, at: start + 12))
    )
    let maximum = min(Self.maximumPixels, maxPixels)
    guard (1...maximum).contains(width), (1...maximum).contains(height), width * height <= maximum else { return nil }
    guard inflateRows(file, from: header.end, count: (width + 1) * height), undoFilters(width, height) else {
      return nil
    }
    return (width, height, pixels(width, height))
  }

  /// Whether the chunks from `place` on hold exactly the expected number of bytes and end the file.
  private func inflateRows(_ file: Span<UInt8>, from place: Int, count: Int) -> Bool {
    if rows.count != count { rows = Array(repeating: 0, count: count) }
    inflateReset(&stream)
    stream.avail_out = UInt32(count)
    var (place, status) = (place, Z_BUF_ERROR)
    while let chunk = PNGChunk(in: file, at: place), chunk.isSound(in: file) {
      if chunk.kind == PNGChunk.end { return status == Z_STREAM_END && stream.avail_out == 0 }
      guard chunk.kind == Self.data, status != Z_STREAM_END else { return false }
      if stream.total_in == 0 {
        // The window is as large as the picture, so that no distance can exceed it.
        guard chunk.data.count >= 2, count <= 1 << (8 + Int(file[chunk.data.lowerBound] >> 4)) else { return false }
      }
      status = inflate(file.extracting(chunk.data))
      guard stream.avail_in == 0, status == Z_OK || status == Z_BUF_ERROR || status == Z_STREAM_END else {
        return false
      }
      place = chunk.end
    }
    return false
  }

  /// Inflates the next part of the rows.
  private func inflate(_ part: Span<UInt8>) -> Int32 {
    part.withUnsafeBufferPointer { source in
      rows.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress! + target.count - Int(stream.avail_out)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
  }

  /// Reverses the filters of the rows (PNG specification, section 9); false for an unknown filter.
  private func undoFilters(_ width: Int, _ height: Int) -> Bool {
    for row in 0..<height {
      switch rows[row * (width + 1)] {
      case 0: break
      case 1: Self.undoFilter(&rows, row, width) { left, _, _ in left }
      case 2: Self.undoFilter(&rows, row, width) { _, up, _ in up }
      case 3: Self.undoFilter(&rows, row, width) { left, up, _ in UInt8((Int(left) + Int(up)) / 2) }
      case 4: Self.undoFilter(&rows, row, width, Self.paeth)
      default: return false
      }
    }
    return true
  }

  /// Adds the prediction from the left, upper and upper left neighbours to each byte of a row. Neighbours outside of
  /// the picture are 0.
  @inline(__always)
  private static func undoFilter(
    _ rows: inout [UInt8], _ row: Int, _ width: Int, _ predict: (UInt8, UInt8, UInt8) -> UInt8
  ) {
    var rows = rows.mutableSpan
    let start = row * (width + 1) + 1
    var (left, corner): (UInt8, UInt8) = (0, 0)
    for place in start..<start + width {
      let up = row > 0 ? rows[place - width - 1] : 0
      left = rows[place] &+ predict(left, up, corner)
      corner = up
      rows[place] = left
    }
  }

  private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
    let (a, b, c) = (Int(left), Int(up), Int(corner))
    let (toLeft, toUp, toCorner) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
  }

  /// Copies the rows without the numbers of their filters.
  private func pixels(_ width: Int, _ height: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: width * height) { target, count in
      rows.withUnsafeBytes { source in
        for row in 0..<height {
          memcpy(target.baseAddress! + row * width, source.baseAddress! + row * (width + 1) + 1, width)
        }
      }
      count = width * height
    }
  }
}
