import NNKernelTypes
import Synchronization

/// A batch of examples, and which worker takes which of them.
final class TrainingBatch {
  private(set) var examples = ArrangedExamples()
  // Copies of facts about `examples`, so that workers don't count references to its arrays.
  private(set) var count = 0
  private(set) var blocks = BatchBlocks(examples: 0)
  /// For each worker, the rows that it takes through the later layers.
  private(set) var rows: [Range<Int>]
  /// For each worker, the rows that it lists: the same rows, or all rows where each worker makes lists of its own.
  private(set) var listedRows: [Range<Int>]
  /// Whether the first layer's lists of the batch are there.
  var isListed = false
  /// How inputs that are no pixels are dropped, with a key for each row; nil if they aren't.
  private(set) var inputDropout: (rate: DropoutRate, keys: [UInt32])?
  private let parts: [Parts]

  /// Parts of a worker's share that some worker has taken on in this step: of its examples, and of its quads of inputs
  /// for each reduction half. An object, so that no two workers write to one cache line.
  private final class Parts: Sendable {
    let examples = Atomic(0)
    let quads = (Counter(), Counter())

    func quads(ofHalf half: Int) -> Counter { half == 0 ? quads.0 : quads.1 }
  }

  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  init(workers: Int) {
    rows = Array(repeating: 0..<0, count: workers)
    listedRows = rows
    parts = (0..<workers).map { _ in Parts() }
  }

  /// Takes in other examples.
  func arrange(_ examples: ArrangedExamples, _ plan: WorkPlan) {
    self.examples = examples
    (count, blocks) = (examples.count, BatchBlocks(examples: examples.count))
    rows = examples.shares(plan)
    listedRows = plan.duplicatesLists ? rows.map { _ in 0..<examples.count } : rows
    isListed = false
  }

  /// Draws the pictures anew for an update.
  func redraw(_ augmentation: any PictureRedrawing, width: Int, step: Int, pool: WorkerPool) {
    examples.redraw(augmentation, width: width, step: step, pool: pool)
    isListed = false
  }

  /// Drops inputs for an update.
  func dropInputs(_ dropout: Dropout, of inputs: NetworkInputs, step: Int, pool: WorkerPool) {
    if inputs.arePixels {
      examples.dropPixels(dropout, width: inputs.width, step: step, pool: pool)
    } else {
      inputDropout = (dropout.rate(0), examples.places.map { dropout.key(place: $0, step: step, layer: 0) })
    }
    isListed = false
  }

  /// Begins a step: no part is taken yet.
  func begin() {
    for parts in parts {
      parts.examples.store(0, ordering: .relaxed)
      for half in 0...1 { parts.quads(ofHalf: half).value.store(0, ordering: .relaxed) }
    }
  }

  /// Calls `body` with the rows that a worker lists, as examples.
  func withListedExamples(_ worker: Int, _ body: (ExampleRun) -> Void) {
    let rows = listedRows[worker]
    examples.places.withUnsafeBufferPointer { places in
      examples.pixels.withUnsafeBufferPointer { pixels in
        guard !rows.isEmpty else {
          return withUnsafePointer(to: 0) { body(ExampleRun(places: $0, pixels: nil, count: 0)) }
        }
        body(
          ExampleRun(
            places: places.baseAddress! + rows.lowerBound, pixels: pixels.baseAddress.map { $0 + rows.lowerBound },
            count: rows.count))
      }
    }
  }

  /// Calls `body` with parts of the shares' rows, each part once, whichever worker calls: a worker begins with its own
  /// share, and helps others when that is done.
  func forEachPart(ofRows size: Int, worker: Int, _ body: (_ share: Int, Range<Int>) -> Void) {
    for share in rows.indices.map({ ($0 + worker) % rows.count }) {
      while true {
        let taken = parts[share].examples.add(1, ordering: .relaxed).oldValue
        let start = rows[share].lowerBound + size * taken
        guard start < rows[share].upperBound else { break }
        body(share, start..<min(start + size, rows[share].upperBound))
      }
    }
  }

  /// Calls `body` with parts of the shares' quads of inputs, counted from the share's first, for a reduction half of
  /// the batch; each part once, whichever worker calls.
  func forEachPart(
    ofQuads size: Int, half: Int, worker: Int, _ plan: WorkPlan, _ body: (_ share: Int, Range<Int>) -> Void
  ) {
    for share in parts.indices.map({ ($0 + worker) % parts.count }) {
      let count = plan.quads[share].count
      while true {
        let start = size * parts[share].quads(ofHalf: half).value.add(1, ordering: .relaxed).oldValue
        guard start < count else { break }
        body(share, start..<min(start + size, count))
      }
    }
  }
}
