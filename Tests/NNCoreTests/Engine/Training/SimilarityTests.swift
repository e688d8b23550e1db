import NNCore
import NNKernelDispatch
import Testing

struct SimilarityTests {
  /// Pictures of which each has one that is nearly the same, mixed up.
  @Test(arguments: [1, 2, 5, 6, 9]) func similarPicturesBecomeNeighbours(pairs: Int) {
    let width = 100
    let pictures = (0..<2 * pairs).map { number in
      (0..<width).map { UInt8($0 % (pairs + 1) == number % pairs || $0 == 99 && number >= pairs ? 1 : 0) }
    }
    let memory = pictures.flatMap { $0 }
    memory.withUnsafeBufferPointer { bytes in
      let starts = (0..<2 * pairs).map { bytes.baseAddress! + $0 * width }
      let order = Similarity(starts, width: width, kernels: KernelChoice.kernels).order()
      #expect(order.sorted() == Array(0..<2 * pairs))
      for pair in 0..<pairs { #expect(order[2 * pair] % pairs == order[2 * pair + 1] % pairs) }
    }
  }

  @Test func unionCountsPixelsOfAnyPicture() {
    let memory: [UInt8] = [1, 0, 0, 9, 0, 0, 2, 9, 0, 0, 0, 0]
    memory.withUnsafeBufferPointer { bytes in
      let starts = (0..<3).map { bytes.baseAddress! + 4 * $0 }
      let similarity = Similarity(starts, width: 4, kernels: KernelChoice.kernels)
      #expect(similarity.union([0, 1]) == 3 && similarity.union([2]) == 0)
    }
  }
}
