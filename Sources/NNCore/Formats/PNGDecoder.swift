import CZlib

/// Reads PNG files of small grey pictures, one after the other in the same memory, the counterpart of `PNGEncoder`: to set
/// libpng up takes longer than such a picture itself.
///
/// It takes the plainest files only, of 8 bits of grey, not interlaced, of nothing but header, rows and end. For all
/// others, and for those in which anything is wrong, `PNG` has the word.
final class PNGDecoder {
  private static let mostPixels = 1 << 16
  private static let data = PNGChunk.code("IDAT")
  /// 8 bits of grey; the one method of compression, and of filters; not interlaced.
  private static let plainest: [UInt8] = [8, 0, 0, 0, 0]

  private var stream = z_stream()
  /// The picture as it was compressed: each row after the number of its filter.
  private var rows: [UInt8] = []

  init() {
    let status = inflateInit2_(&stream, 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to decompress")
  }

  deinit { inflateEnd(&stream) }

  /// The pixels, row by row; nil if `PNG` is to be asked.
  ///
  /// - Parameter maxPixels: how many it may have.
  func decode(_ file: Bytes, maxPixels: Int) -> (width: Int, height: Int, pixels: [UInt8])? {
    guard PNG.recognizes(file), let header = PNGChunk(in: file, at: PNG.signature.count), header.kind == PNGChunk.header,
      header.data.count == 13, header.isSound(in: file), file.hasBytes(Self.plainest, at: header.data.lowerBound + 8)
    else { return nil }
    let width = Int(file.big(header.data.lowerBound, as: UInt32.self))
    let height = Int(file.big(header.data.lowerBound + 4, as: UInt32.self))
    let most = min(Self.mostPixels, maxPixels)
    guard (1...most).contains(width), (1...most).contains(height), width * height <= most else { return nil }
    guard inflateRows(file, from: header.end, count: (width + 1) * height) else { return nil }
    return pixels(width, height).map { (width, height, $0) }
  }

  /// Whether the chunks from `place` on are those of exactly so many bytes, and the end.
  private func inflateRows(_ file: Bytes, from place: Int, count: Int) -> Bool {
    if rows.count != count { rows = Array(repeating: 0, count: count) }
    inflateReset(&stream)
    stream.avail_out = UInt32(count)
    var (place, status) = (place, Z_BUF_ERROR)
    while let chunk = PNGChunk(in: file, at: place), chunk.isSound(in: file) {
      if chunk.kind == PNGChunk.end { return status == Z_STREAM_END && stream.avail_out == 0 }
      guard chunk.kind == Self.data, status != Z_STREAM_END else { return false }
      if stream.total_in == 0 {
        // The window is said to be as large as the picture, so that nothing can lie beyond it.
        guard chunk.data.count >= 2, count <= 1 << (8 + Int(file[chunk.data.lowerBound] >> 4)) else { return false }
      }
      status = inflate(file[chunk.data])
      guard stream.avail_in == 0, status == Z_OK || status == Z_BUF_ERROR || status == Z_STREAM_END else { return false }
      place = chunk.end
    }
    return false
  }

  /// Inflates a part to where the one before it ended.
  private func inflate(_ part: Bytes) -> Int32 {
    part.withUnsafeBytes { source in
      rows.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress! + target.count - Int(stream.avail_out)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
  }

  /// The rows with their filters undone (PNG specification, section 9); nil if there is no such filter.
  private func pixels(_ width: Int, _ height: Int) -> [UInt8]? {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      let start = row * (width + 1) + 1
      let filtered = rows[start..<start + width]
      switch rows[start - 1] {
      case 0: pixels += filtered
      case 1: Self.undo(filtered, &pixels, row) { left, _, _ in left }
      case 2: Self.undo(filtered, &pixels, row) { _, up, _ in up }
      case 3: Self.undo(filtered, &pixels, row) { left, up, _ in UInt8((Int(left) + Int(up)) / 2) }
      case 4: Self.undo(filtered, &pixels, row, Self.paeth)
      default: return nil
      }
    }
    return pixels
  }

  /// Adds a row to `pixels`, each of its bytes that and what is predicted by its neighbours to the left, above, and above
  /// to the left, which are 0 outside of the picture.
  @inline(__always)
  private static func undo(
    _ filtered: ArraySlice<UInt8>, _ pixels: inout [UInt8], _ row: Int, _ predict: (UInt8, UInt8, UInt8) -> UInt8
  ) {
    let width = filtered.count
    var (left, corner): (UInt8, UInt8) = (0, 0)
    for byte in filtered {
      let up = row > 0 ? pixels[pixels.count - width] : 0
      left = byte &+ predict(left, up, corner)
      corner = up
      pixels.append(left)
    }
  }

  private static func paeth(_ left: UInt8, _ up: UInt8, _ corner: UInt8) -> UInt8 {
    let (a, b, c) = (Int(left), Int(up), Int(corner))
    let (toLeft, toUp, toCorner) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
  }
}
