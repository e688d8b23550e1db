import CPNG
import CZlib

/// Makes PNG files of many small grey pictures of one size, one after the other in the same memory: libpng sets up
/// hundreds of kilobytes for each, which takes longer than the picture itself.
///
/// Rows are not filtered and compression is quick: of digits, most of which is blank, that gives smaller files than
/// libpng's choice of filters does. The same pixels give the same file.
package final class PNGEncoder {
  private let width: Int
  private let height: Int
  /// The picture as it is compressed: each row after the number of its filter, 0 for none; and 8 bytes behind.
  private var rows: [UInt8]
  private let rowsCount: Int
  /// For small pictures.
  private let deflater: RowDeflater?
  /// Begins with the signature and the header.
  private var file: [UInt8]
  /// Where the compressed rows begin in `file`.
  private let dataStart: Int
  private var stream = z_stream()

  private static let data = PNGChunk.code("IDAT")
  private static let end = PNGChunk.bytes(PNGChunk.end, [])
  /// What zlib needs to see ahead of a window (MIN_LOOKAHEAD).
  private static let lookAhead = 262
  package static let mostPixels = 1 << 20

  /// - Precondition: both are at least 1, and there are at most `mostPixels`.
  package init(width: Int, height: Int) {
    precondition(width > 0 && height > 0 && width * height <= Self.mostPixels)
    (self.width, self.height) = (width, height)
    let sizes = [width, height].flatMap { side in withUnsafeBytes(of: UInt32(side).bigEndian) { Array($0) } }
    // 8 bits of grey, not interlaced.
    let start = PNG.signature + PNGChunk.bytes(PNGChunk.header, sizes + [8, 0, 0, 0, 0])
    dataStart = start.count + 8
    let rowsCount = (width + 1) * height
    self.rowsCount = rowsCount
    rows = Array(repeating: 0, count: rowsCount + 8)
    deflater = rowsCount <= RowDeflater.most ? RowDeflater(stride: width + 1) : nil
    // A window no larger than the picture, and tables to match, for they are cleared for each.
    let window = (9...15).first { 1 << $0 >= rowsCount + Self.lookAhead } ?? 15
    let status = deflateInit2_(
      &stream, 3, Z_DEFLATED, Int32(window), Int32(min(window - 6, 8)), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to compress")
    let room = Int(deflateBound(&stream, UInt(rowsCount)))
    file = start + Array(repeating: 0, count: 8 + room + 4 + Self.end.count)
  }

  deinit { deflateEnd(&stream) }

  /// The file of a picture.
  ///
  /// - Precondition: `pixels` are those of one picture, row by row.
  package func encode(_ pixels: Bytes) -> [UInt8] {
    precondition(pixels.count == width * height)
    fillRows(pixels)
    let dataEnd = deflater?.deflate(rows, count: rowsCount, into: &file, at: dataStart) ?? dataStart + deflateRows()
    put(UInt32(dataEnd - dataStart), at: dataStart - 8)
    put(Self.data, at: dataStart - 4)
    put(file.withUnsafeBytes { crc32(UnsafeRawBufferPointer(rebasing: $0[dataStart - 4..<dataEnd])) }, at: dataEnd)
    file.replaceSubrange(dataEnd + 4..<dataEnd + 4 + Self.end.count, with: Self.end)
    return Array(file[..<(dataEnd + 4 + Self.end.count)])
  }

  private func fillRows(_ pixels: Bytes) {
    pixels.withUnsafeBytes { source in
      rows.withUnsafeMutableBytes { target in
        for row in 0..<height {
          memcpy(target.baseAddress! + row * (width + 1) + 1, source.baseAddress! + row * width, width)
        }
      }
    }
  }

  /// The size of the compressed rows.
  private func deflateRows() -> Int {
    deflateReset(&stream)
    let room = file.count - dataStart
    return rows.withUnsafeMutableBufferPointer { source in
      file.withUnsafeMutableBufferPointer { target in
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(rowsCount))
        (stream.next_out, stream.avail_out) = (target.baseAddress! + dataStart, UInt32(room))
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END)
        return room - Int(stream.avail_out)
      }
    }
  }

  private func put(_ number: UInt32, at place: Int) {
    file.withUnsafeMutableBytes { $0.storeBytes(of: number.bigEndian, toByteOffset: place, as: UInt32.self) }
  }
}
