import NNCore
import Testing

@Suite struct OrderedWorkTests {
  private struct Halt: Error {}

  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 1000])
  func resultsComeOnceAndInOrder(threads: Int, total: Int) throws {
    var seen: [Int] = []
    try WorkerPool(count: threads).forEachInOrder(total) { worker, index in
      // Some take long, so that later ones are there first.
      (0..<(index % 7 == 0 ? 10_000 : 1)).reduce(0) { $0 ^ $1 } == -1 ? -1 : 3 * index
    } consume: { index, result in
      #expect(result == 3 * index)
      seen.append(index)
    }
    #expect(seen == Array(0..<total))
  }

  @Test(arguments: [1, 4])
  func anErrorEndsTheWork(threads: Int) {
    var seen: [Int] = []
    #expect(throws: Halt.self) {
      try WorkerPool(count: threads).forEachInOrder(1_000_000) { _, index in index } consume: { index, _ in
        if index == 5 { throw Halt() }
        seen.append(index)
      }
    }
    #expect(seen == [0, 1, 2, 3, 4])
  }
}
