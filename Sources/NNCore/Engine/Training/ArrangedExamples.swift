import NNKernelTypes

/// The examples of a batch in the order in which they go through the network: by label, and within a label as given.
/// Neighbours of one class have most pixels in common, so that the lists of their quads are short.
struct ArrangedExamples {
  /// Their places in the data as given: the very slice, so that a batch that comes again is recognised by its memory.
  let given: ArraySlice<Int>
  /// For each row of the batch, the example's place in the data.
  private(set) var places: [Int]
  /// For each row, its label.
  private(set) var labels: [Int32]
  /// For each row, where its pixels start; empty for features.
  private(set) var pixels: [UnsafePointer<UInt8>] = []

  /// For each quad of rows, roughly the time that it takes; empty where that isn't known.
  private(set) var costs: [Int] = []

  /// Holds the pixels where they were drawn anew.
  private var drawn: Buffer<UInt8>?

  var count: Int { places.count }

  init() {
    (given, places, labels) = ([], [], [])
  }

  init(_ given: ArraySlice<Int>, labels known: [UInt16], classCount: Int, inputs: NetworkInputs) {
    self.given = given
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
  /// - Parameter step: the number of the update that they are for.
  mutating func redraw(_ augmentation: any PictureRedrawing, width: Int, step: Int, pool: WorkerPool) {
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

  /// Sets the pixels that are dropped to 0, in a copy.
  ///
  /// - Parameter step: the number of the update.
  mutating func dropPixels(_ dropout: Dropout, width: Int, step: Int, pool: WorkerPool) {
    let memory = Buffer<UInt8>(count * width)
    let (sources, places, threshold) = (pixels, places, dropout.threshold(0))
    pool.split(count) { _, rows in
      for row in rows {
        let (source, target) = (sources[row], memory.start + row * width)
        let key = dropout.key(place: places[row], step: step, layer: 0)
        for index in 0..<width where source[index] != 0 {
          if IndexedBits.bits(key, index) >= threshold { target[index] = source[index] }
        }
      }
    }
    pixels = (0..<count).map { UnsafePointer(memory.start + $0 * width) }
    drawn = memory
  }

  /// Puts similar examples together in quads: the more pixels they have in common, the shorter is their list. Finding
  /// them takes as long as some steps of training.
  mutating func groupBySimilarity(width: Int, kernels: any KernelSet) {
    guard pixels.count == count, count > 4 else { return }
    let similarity = Similarity(pixels, width: width, kernels: kernels)
    let order = similarity.order()
    (places, labels, pixels) = (order.map { places[$0] }, order.map { labels[$0] }, order.map { pixels[$0] })
    // The work on an example in the other layers takes the time of some dozen entries.
    costs = stride(from: 0, to: count, by: 4).map { 48 + similarity.union(order[$0..<min($0 + 4, count)]) }
  }

  /// For each worker of a plan, a run of the rows in whole quads, of about equal cost.
  func shares(_ plan: WorkPlan) -> [Range<Int>] {
    if costs.isEmpty { return (0..<plan.workers).map { plan.run(of: $0, in: count, step: 4) } }
    return plan.runs(costs: costs).map { min(4 * $0.lowerBound, count)..<min(4 * $0.upperBound, count) }
  }
}
