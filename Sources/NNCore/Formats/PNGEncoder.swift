import CPNG
import CZlib

/// Encodes many small grey pictures of the same size in the same memory, because libpng allocates hundreds of kilobytes
/// for each, which takes longer than encoding.
///
/// Rows are not filtered and compression is fast: pictures of digits are mostly blank, for which this gives smaller
/// files than libpng's choice of filters. The same pixels always give the same file.
package final class PNGEncoder {
  private let width: Int
  private let height: Int
  /// The input of compression: each row follows the number of its filter, 0 for none; 8 more bytes follow the last row.
  private var rows: [UInt8]
  private let rowsCount: Int
  /// The compressor of small pictures.
  private let deflater: RowDeflater?
  /// The file, which begins with the signature and the header.
  private var file: [UInt8]
  /// The place of the compressed rows in `file`.
  private let dataStart: Int
  private var stream = z_stream()

  private static let data = PNGChunk.code("IDAT")
  private static let end = PNGChunk.bytes(PNGChunk.end, [])
  /// The number of bytes that zlib needs beyond the window (MIN_LOOKAHEAD).
  private static let lookAhead = 262
  package static let maximumPixels = 1 << 20

  /// - Precondition: both are at least 1, and their product is at most `maximumPixels`.
  package init(width: Int, height: Int) {
    precondition(width > 0 && height > 0 && width * height <= Self.maximumPixels)
    (self.width, self.height) = (width, height)
    let sizes = [width, height].flatMap { side in withUnsafeBytes(of: UInt32(side).bigEndian) { Array($0) } }
    // The header says 8 bits of grey, not interlaced.
    let start = PNG.signature + PNGChunk.bytes(PNGChunk.header, sizes + [8, 0, 0, 0, 0])
    dataStart = start.count + 8
    let rowsCount = (width + 1) * height
    self.rowsCount = rowsCount
    rows = Array(repeating: 0, count: rowsCount + 8)
    deflater = rowsCount <= RowDeflater.maximumCount ? RowDeflater(stride: width + 1) : nil
    // The window and zlib's tables are no larger than the picture needs, because zlib clears them for each picture.
    let window = (9...15).first { 1 << $0 >= rowsCount + Self.lookAhead } ?? 15
    let status = deflateInit2_(
      &stream, 3, Z_DEFLATED, Int32(window), Int32(min(window - 6, 8)), Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory to compress")
    let room = Int(deflateBound(&stream, UInt(rowsCount)))
    file = start + Array(repeating: 0, count: 8 + room + 4 + Self.end.count)
  }

  deinit { deflateEnd(&stream) }

  /// Encodes a picture.
  ///
  /// - Precondition: `pixels` holds one picture, row by row.
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
