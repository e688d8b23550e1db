/// The examples of a batch in the order in which they go through the network: by label, those of one label in the order
/// given. Neighbours of one class have most pixels in common, so that their pairs' lists are short.
struct ArrangedExamples {
  /// Their places in the data, as they came.
  let asGiven: [Int]
  /// The same by row of the batch, and their labels.
  private(set) var places: [Int]
  private(set) var labels: [Int32]
  /// Where their pixels start, by row; empty for features.
  private(set) var pixels: [UnsafePointer<UInt8>] = []

  /// What the pixels were drawn into, where they are not those of the data.
  private var drawn: Buffer<UInt8>?

  var count: Int { places.count }

  init() {
    (asGiven, places, labels) = ([], [], [])
  }

  init(_ given: ArraySlice<Int>, labels known: [UInt16], classCount: Int, inputs: NetworkInputs) {
    asGiven = Array(given)
    places = asGiven
    labels = Array(repeating: 0, count: given.count)
    var next = Array(repeating: 0, count: classCount + 1)
    for place in given { next[Int(known[place]) + 1] += 1 }
    for label in 1..<next.count { next[label] += next[label - 1] }
    for place in given {
      let label = Int(known[place])
      places[next[label]] = place
      labels[next[label]] = Int32(label)
      next[label] += 1
    }
    if inputs.arePixels { pixels = places.map { inputs.pixels($0) } }
  }

  /// Draws the pictures anew, side by side.
  ///
  /// - Parameter step: the update they are for.
  mutating func redraw(_ augmentation: Augmentation, width: Int, step: Int, pool: WorkerPool) {
    let memory = Buffer<UInt8>(count * width)
    let (sources, places) = (pixels, places)
    pool.split(count) { _, rows in
      for row in rows {
        let picture = UnsafeBufferPointer(start: sources[row], count: width)
        var target = UnsafeMutableBufferPointer(start: memory.start + row * width, count: width).mutableSpan
        augmentation.draw(picture.span, place: places[row], step: step, into: &target)
      }
    }
    pixels = (0..<count).map { UnsafePointer(memory.start + $0 * width) }
    drawn = memory
  }

  /// Examples that are compared with one to find its partner.
  private static let candidates = 512

  /// Makes partners of those that are most alike, of some hundred neighbours each: the more pixels two have in common,
  /// the shorter is their list. To find them takes as long as some steps of training.
  mutating func pairUp(width: Int) {
    guard pixels.count == count, count > 2 else { return }
    let words = (width + 63) / 64
    var used = Array(repeating: UInt64(0), count: count * words)
    for (row, start) in pixels.enumerated() {
      for place in 0..<width where start[place] != 0 { used[row * words + place / 64] |= 1 << UInt64(place % 64) }
    }
    // The rows that have no partner yet, as a list: each tells the next; the last of all tells `count`.
    var next = Array(1...count)
    var order: [Int] = []
    var first = 0
    while first < count {
      var (best, beforeBest, least) = (first, first, Int.max)
      var (before, row) = (first, next[first])
      for _ in 0..<Self.candidates where row < count {
        var difference = 0
        for word in 0..<words { difference += (used[first * words + word] ^ used[row * words + word]).nonzeroBitCount }
        if difference < least { (best, beforeBest, least) = (row, before, difference) }
        (before, row) = (row, next[row])
      }
      order.append(first)
      if best != first {
        order.append(best)
        next[beforeBest] = next[best]
      }
      first = next[first]
    }
    (places, labels, pixels) = (order.map { places[$0] }, order.map { labels[$0] }, order.map { pixels[$0] })
  }

  /// The runs of rows over which gradients are summed at once.
  var blocks: Int { (count + FastEngine.block - 1) / FastEngine.block }

  func rows(ofBlock block: Int) -> Range<Int> {
    block * FastEngine.block..<min((block + 1) * FastEngine.block, count)
  }
}
