/// Where softmax writes its results: element (row, class) at
/// `start[row · rowStride + class / lanes · panelStride + class % lanes]`.
@frozen
public struct SoftmaxTargets {
  public let start: UnsafeMutablePointer<Float>
  public let rowStride: Int
  public let panelStride: Int

  @inlinable
  public init(start: UnsafeMutablePointer<Float>, rowStride: Int, panelStride: Int) {
    (self.start, self.rowStride, self.panelStride) = (start, rowStride, panelStride)
  }
}
