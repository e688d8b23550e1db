import CProcessor
import NNKernelTypes

extension Kernels {
  public func transpose(
    _ rows: UnsafePointer<UnsafePointer<UInt8>>, count: Int, columns: Range<Int>, target: UnsafeMutablePointer<UInt8>,
    stride: Int
  ) {
    // The rows' starts as C takes them.
    let starts = UnsafeRawPointer(rows).assumingMemoryBound(to: UnsafePointer<UInt8>?.self)
    let blocks = (rows: count / 16, columns: columns.count / 16)
    for row in 0..<blocks.rows {
      for column in 0..<blocks.columns {
        processor_transpose(
          starts + 16 * row, columns.lowerBound + 16 * column, target + 16 * column * stride + 16 * row, stride)
      }
    }
    for row in 0..<count {
      for column in (row < 16 * blocks.rows ? 16 * blocks.columns : 0)..<columns.count {
        target[column * stride + row] = rows[row][columns.lowerBound + column]
      }
    }
  }
}
