/// The examples of a batch in the order in which they go through the network: by label, those of one label in the order
/// given. Neighbours of one class have most pixels in common, so that their quads' lists are short.
struct ArrangedExamples {
  /// Their places in the data, as they came: the very slice, so that a batch that comes again is told by its memory.
  let asGiven: ArraySlice<Int>
  /// The same by row of the batch, and their labels.
  private(set) var places: [Int]
  private(set) var labels: [Int32]
  /// Where their pixels start, by row; empty for features.
  private(set) var pixels: [UnsafePointer<UInt8>] = []

  /// By quad of rows, about how long it takes to go through it; empty where that isn't known.
  private(set) var costs: [Int] = []

  /// What the pixels were drawn into, where they are not those of the data.
  private var drawn: Buffer<UInt8>?

  var count: Int { places.count }
  var isDrawn: Bool { drawn != nil }

  init() {
    (asGiven, places, labels) = ([], [], [])
  }

  init(_ given: ArraySlice<Int>, labels known: [UInt16], classCount: Int, inputs: NetworkInputs) {
    asGiven = given
    places = Array(given)
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

  /// Puts those together in quads that are most alike: the more pixels they have in common, the shorter is their list. To
  /// find them takes as long as some steps of training.
  mutating func quadUp(width: Int, kernels: Kernels) {
    guard pixels.count == count, count > 4 else { return }
    let likeness = Likeness(pixels, width: width, kernels: kernels)
    let order = likeness.order()
    (places, labels, pixels) = (order.map { places[$0] }, order.map { labels[$0] }, order.map { pixels[$0] })
    // What is done for an example in the other layers is worth some dozen entries.
    costs = stride(from: 0, to: count, by: 4).map { 48 + likeness.union(order[$0..<min($0 + 4, count)]) }
  }

  /// By worker of a plan, a run of the rows, in whole quads; of about equal cost.
  func shares(_ plan: WorkPlan) -> [Range<Int>] {
    if costs.isEmpty { return (0..<plan.workers).map { plan.run(of: $0, in: count, step: 4) } }
    return plan.runs(costs: costs).map { min(4 * $0.lowerBound, count)..<min(4 * $0.upperBound, count) }
  }
}
