/// Turns rows of bytes into columns.
///
/// - Parameters:
///   - rows: where each of `count` rows starts.
///   - columns: those wanted; column c of row r goes to `target[(c − first column) · stride + r]`.
///   - stride: bytes between the columns, at least `count` rounded up to 8; what is beyond `count` is set to 0.
public func transpose(
  rows: UnsafePointer<UnsafePointer<UInt8>>, count: Int, columns: Range<Int>, target: UnsafeMutablePointer<UInt8>,
  stride: Int
) {
  var row = 0
  while row < count {
    var column = columns.lowerBound
    if row + 8 <= count {
      while column + 8 <= columns.upperBound {
        transposeBlock(rows + row, column, target + (column - columns.lowerBound) * stride + row, stride)
        column += 8
      }
    }
    while column < columns.upperBound {
      let start = target + (column - columns.lowerBound) * stride + row
      for index in 0..<8 { start[index] = row + index < count ? rows[row + index][column] : 0 }
      column += 1
    }
    row += 8
  }
}

/// Eight by eight bytes, by exchanging halves of halves of halves (H. S. Warren, Hacker's Delight, 7-3).
@inline(__always)
private func transposeBlock(
  _ rows: UnsafePointer<UnsafePointer<UInt8>>, _ column: Int, _ target: UnsafeMutablePointer<UInt8>, _ stride: Int
) {
  func read(_ row: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(rows[row] + column).loadUnaligned(as: UInt64.self))
  }
  func write(_ word: UInt64, _ row: Int) {
    UnsafeMutableRawPointer(target + row * stride).storeBytes(of: word.littleEndian, as: UInt64.self)
  }
  var (a, b, c, d) = (read(0), read(1), read(2), read(3))
  var (e, f, g, h) = (read(4), read(5), read(6), read(7))
  if a | b | c | d | e | f | g | h != 0 {
    exchange(&a, &e, 32, 0x0000_0000_ffff_ffff)
    exchange(&b, &f, 32, 0x0000_0000_ffff_ffff)
    exchange(&c, &g, 32, 0x0000_0000_ffff_ffff)
    exchange(&d, &h, 32, 0x0000_0000_ffff_ffff)
    exchange(&a, &c, 16, 0x0000_ffff_0000_ffff)
    exchange(&b, &d, 16, 0x0000_ffff_0000_ffff)
    exchange(&e, &g, 16, 0x0000_ffff_0000_ffff)
    exchange(&f, &h, 16, 0x0000_ffff_0000_ffff)
    exchange(&a, &b, 8, 0x00ff_00ff_00ff_00ff)
    exchange(&c, &d, 8, 0x00ff_00ff_00ff_00ff)
    exchange(&e, &f, 8, 0x00ff_00ff_00ff_00ff)
    exchange(&g, &h, 8, 0x00ff_00ff_00ff_00ff)
  }
  write(a, 0)
  write(b, 1)
  write(c, 2)
  write(d, 3)
  write(e, 4)
  write(f, 5)
  write(g, 6)
  write(h, 7)
}

/// Exchanges the upper parts of `low` with the lower parts of `high`.
@inline(__always)
private func exchange(_ low: inout UInt64, _ high: inout UInt64, _ shift: UInt64, _ mask: UInt64) {
  let difference = ((low &>> shift) ^ high) & mask
  high ^= difference
  low ^= difference &<< shift
}
