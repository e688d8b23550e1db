import NNKernels
import Synchronization

/// A batch made ready to be learned from: which worker has which examples, and lists of where their pixels are not zero, by
/// example and by pixel.
final class ListedBatch {
  private(set) var examples = ArrangedExamples()
  // Of the examples, whose arrays' references threads would have to count.
  private(set) var count = 0
  private(set) var blocks = BatchBlocks(examples: 0)
  /// By worker, the rows that it takes through the later layers.
  private(set) var rows: [Range<Int>]
  /// By worker, the rows that it prepares: the same, unless it lists alone.
  private(set) var preparedRows: [Range<Int>]
  /// Whether the lists are there, and the inputs if they are dense.
  var isListed = false
  /// Whether the lists are those of pairs, for fixed point.
  let isFixed: Bool
  let shares: [Share]

  /// What a worker has listed, for others to read too: an object, so that no two workers write to one cache line.
  final class Share {
    /// Of its examples, by quad.
    fileprivate(set) var forward = QuadLists()
    /// Of its quads of inputs, by blocks of examples.
    fileprivate(set) var backward = QuadLists()
    /// In place of those, for fixed point.
    fileprivate(set) var forwardPairs = PairLists()
    fileprivate(set) var backwardPairs = PairLists()
    /// By quad of inputs: whether some example has one of them.
    fileprivate(set) var isUsed = Buffer<Bool>(0)
    /// By quad of inputs: whether there is anything to update.
    fileprivate(set) var isNeeded = Buffer<Bool>(0)
    /// A column of zeros, and then the inputs' bytes, column by column.
    fileprivate var columns = Buffer<UInt8>(0)
    /// Parts of its examples, and by half of the batch of its quads of inputs, that someone has taken on in this step.
    fileprivate let partsTaken = (examples: Counter(), quads: [Counter(), Counter()])
  }

  fileprivate final class Counter: Sendable {
    let value = Atomic(0)
  }

  init(workers: Int, isFixed: Bool = false) {
    self.isFixed = isFixed
    rows = Array(repeating: 0..<0, count: workers)
    preparedRows = rows
    shares = (0..<workers).map { _ in Share() }
  }

  /// A step begins: nothing is done yet.
  func begin() {
    for share in shares {
      share.partsTaken.examples.value.store(0, ordering: .relaxed)
      for half in share.partsTaken.quads { half.value.store(0, ordering: .relaxed) }
    }
  }

  /// Calls `body` with parts of the shares' rows, each once whoever calls: a worker begins with its own share, and helps
  /// others out when that is done.
  func forEachPart(ofRows size: Int, worker: Int, _ body: (_ share: Int, Range<Int>) -> Void) {
    for share in rows.indices.map({ ($0 + worker) % rows.count }) {
      while true {
        let start =
          rows[share].lowerBound
          + size * shares[share].partsTaken.examples.value.add(1, ordering: .relaxed).oldValue
        guard start < rows[share].upperBound else { break }
        body(share, start..<min(start + size, rows[share].upperBound))
      }
    }
  }

  /// Likewise with parts of the shares' quads of inputs, counted from the share's first, for a half of the batch.
  func forEachPart(
    ofQuads size: Int, half: Int, worker: Int, _ plan: WorkPlan, _ body: (_ share: Int, Range<Int>) -> Void
  ) {
    for share in shares.indices.map({ ($0 + worker) % shares.count }) {
      let count = plan.quads[share].count
      while true {
        let start = size * shares[share].partsTaken.quads[half].value.add(1, ordering: .relaxed).oldValue
        guard start < count else { break }
        body(share, start..<min(start + size, count))
      }
    }
  }

  func arrange(_ examples: ArrangedExamples, _ plan: WorkPlan) {
    self.examples = examples
    (count, blocks) = (examples.count, BatchBlocks(examples: examples.count))
    rows = examples.shares(plan)
    preparedRows = plan.listsAlone ? rows.map { _ in 0..<examples.count } : rows
    isListed = false
  }

  /// Draws the pictures anew.
  func redraw(_ augmentation: Augmentation, width: Int, step: Int, pool: WorkerPool) {
    examples.redraw(augmentation, width: width, step: step, pool: pool)
  }

  /// Lists a worker's examples, or copies their inputs to `batch`.
  func listExamples(_ worker: Int, _ network: FastNetwork, _ inputs: NetworkInputs, batch: Batch) {
    guard !isFixed else { return listPairs(worker, width: inputs.width) }
    examples.places.withUnsafeBufferPointer { places in
      guard let places = places.baseAddress else { return }
      examples.pixels.withUnsafeBufferPointer { pixels in
        network.prepare(
          batch, rows: preparedRows[worker], places: places, drawn: examples.isDrawn ? pixels.baseAddress : nil,
          inputs: inputs,
          lists: &shares[worker].forward)
      }
    }
  }

  private func listPairs(_ worker: Int, width: Int) {
    let rows = preparedRows[worker]
    shares[worker].forwardPairs.removeAll()
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      func pixels(_ member: Int) -> UnsafePointer<UInt8> { examples.pixels[min(row + member, rows.upperBound - 1)] }
      shares[worker].forwardPairs.append(pixels(0), pixels(1), pixels(2), pixels(3), width: width)
    }
  }

  /// Lists the examples that have one of a quad of inputs, for a worker's quads.
  func listInputs(_ worker: Int, _ kernels: Kernels, _ quads: InputQuads, _ plan: WorkPlan) {
    let (share, own) = (shares[worker], plan.quads[worker])
    let span = quads.span(own)
    if share.isUsed.count == 0 {
      share.columns = Buffer((span.count + 1) * BatchBlocks.largest)
      (share.isUsed, share.isNeeded) = (Buffer(own.count), Buffer(own.count))
    }
    share.isUsed.start.update(repeating: false, count: own.count)
    share.backward.removeAll()
    share.backwardPairs.removeAll()
    let bytes = share.columns.start + BatchBlocks.largest
    let stride = min(BatchBlocks.largest, (examples.count + 15) / 16 * 16)
    func column(_ input: Int32) -> UnsafePointer<UInt8> {
      UnsafePointer(input < 0 ? share.columns.start : bytes + (Int(input) - span.lowerBound) * stride)
    }
    for block in 0..<blocks.count {
      let rows = blocks.rows(ofBlock: block)
      examples.pixels.withUnsafeBufferPointer {
        kernels.transpose($0.baseAddress! + rows.lowerBound, rows.count, span, bytes, stride)
      }
      for (index, quad) in own.enumerated() {
        let inputs = quads.members.start + 4 * quad
        let columns = (column(inputs[0]), column(inputs[1]), column(inputs[2]), column(inputs[3]))
        let found: Int
        if isFixed {
          share.backwardPairs.append(columns.0, columns.1, columns.2, columns.3, width: rows.count)
          found = share.backwardPairs[share.backwardPairs.count - 1]
        } else {
          share.backward.append(upTo: rows.count) {
            kernels.listQuad(columns.0, columns.1, columns.2, columns.3, rows.count, $0)
          }
          found = share.backward[share.backward.count - 1]
        }
        if found > 0 { share.isUsed.start[index] = true }
      }
    }
  }

  /// Sorts a worker's lists for a batch that comes again and again.
  func sortLists(_ worker: Int) {
    shares[worker].forward.sortIntoParts()
    shares[worker].backward.sortIntoParts()
  }

  /// Settles which of a worker's quads are to be updated.
  ///
  /// - Parameter isTouched: by quad of all inputs, whether moments may be other than zero.
  func settleNeeds(_ worker: Int, _ plan: WorkPlan, _ rule: UpdateRule, isTouched: UnsafeMutablePointer<Bool>) {
    let share = shares[worker]
    for (index, quad) in plan.quads[worker].enumerated() {
      let isUsed = share.isUsed.start[index]
      if isUsed { isTouched[quad] = true }
      // Else there is nothing to add, and there may be nothing that decays.
      share.isNeeded.start[index] = isUsed || !rule.leavesRest || (rule.form != .plain && isTouched[quad])
    }
  }
}
