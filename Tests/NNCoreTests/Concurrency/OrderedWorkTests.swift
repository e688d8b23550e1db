import NNCore
import Synchronization
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
      try WorkerPool(count: threads).forEachInOrder(1_000_000) { _, index in
        index
      } consume: { index, _ in
        if index == 5 { throw Halt() }
        seen.append(index)
      }
    }
    #expect(seen == [0, 1, 2, 3, 4])
  }

  /// Items come from one thread at a time, and their results in their order.
  @Test(arguments: [1, 2, 5])
  func itemsOfASource(threads: Int) throws {
    var left = Array(0..<500)
    var seen: [String] = []
    try WorkerPool(count: threads).forEachInOrder {
      left.isEmpty ? nil : left.removeFirst()
    } produce: { _, item in
      (0..<(item % 5 == 0 ? 5000 : 1)).reduce(0) { $0 ^ $1 } == -1 ? "" : "\(item)"
    } consume: {
      seen.append($0)
    }
    #expect(seen == (0..<500).map(String.init))
  }

  /// While the first result is waited for, no more than some thousands are made, though there is no end of items.
  @Test func noEndlessWorkAhead() throws {
    var given = 0
    let begun = Atomic(0)
    #expect(throws: Halt.self) {
      try WorkerPool(count: 3).forEachInOrder {
        given += 1
        return given - 1
      } produce: { _, item -> Int in
        begun.add(1, ordering: .relaxed)
        if item == 0 { while begun.load(ordering: .relaxed) < 4096 { usleep(100) } }
        // Time enough for more, were there room.
        if item == 0 { usleep(50_000) }
        return begun.load(ordering: .relaxed)
      } consume: { count in
        #expect(count <= 4096)
        throw Halt()
      }
    }
  }

  /// No more is begun than is wished before what was begun first is consumed.
  @Test(arguments: [1, 2, 5])
  func littleWorkAhead(threads: Int) throws {
    let begun = Atomic(0)
    var consumed = 0
    try WorkerPool(count: threads).forEachInOrder(ahead: 6) {
      begun.add(1, ordering: .relaxed).newValue > 300 ? nil : 1
    } produce: { _, item in
      item
    } consume: { item in
      consumed += item
      #expect(begun.load(ordering: .relaxed) <= consumed + 6)
    }
    #expect(consumed == 300)
  }
}
