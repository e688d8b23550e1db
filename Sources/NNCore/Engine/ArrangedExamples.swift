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
    if inputs.isSparse { pixels = places.map { inputs.pixels($0) } }
  }

  /// The runs of rows over which gradients are summed at once.
  var blocks: Int { (count + FastEngine.block - 1) / FastEngine.block }

  func rows(ofBlock block: Int) -> Range<Int> {
    block * FastEngine.block..<min((block + 1) * FastEngine.block, count)
  }
}
