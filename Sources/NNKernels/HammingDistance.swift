import NNKernelTypes

extension Kernels {
  public func nearestByHammingDistance(
    to row: Int, in bits: BitRows, next: UnsafePointer<Int>, end: Int, limit: Int
  ) -> (nearest: Int, predecessor: Int) {
    var (nearest, predecessor, minimum) = (row, row, Int.max)
    var (previous, index, looked) = (row, next[row], 0)
    while index < end && looked < limit {
      var distance = 0
      let (one, other) = (bits.start + row &* bits.words, bits.start + index &* bits.words)
      for word in 0..<bits.words { distance &+= (one[word] ^ other[word]).nonzeroBitCount }
      if distance < minimum { (nearest, predecessor, minimum) = (index, previous, distance) }
      (previous, index) = (index, next[index])
      looked &+= 1
    }
    return (nearest, predecessor)
  }
}
