import NNKernelTypes

/// Lists of where the pixels of a batch are not zero, by example for the forward product and by pixel for the update.
final class SparseBatch<Lists: QuadListing> {
  let batch: TrainingBatch
  let plan: WorkPlan
  private let setting: FirstLayerSetting
  private let shares: [Share]

  /// What a worker has listed, for other workers to read too: an object, so that no two workers write to one cache
  /// line.
  final class Share {
    /// A list for each quad of its examples.
    fileprivate(set) var forward = Lists()
    /// A list for each block of the batch and quad of its inputs.
    fileprivate(set) var backward = Lists()
    /// For each of its quads of inputs, whether some example of the batch has one of them.
    fileprivate(set) var isUsed = Buffer<Bool>(0)
    /// For each of its quads of inputs, whether its weights will change in this step.
    fileprivate(set) var isNeeded = Buffer<Bool>(0)
    /// A column of zeros, and then the pixels of its inputs in a block, column by column.
    fileprivate var columns = Buffer<UInt8>(0)
  }

  init(_ setting: FirstLayerSetting, _ plan: WorkPlan) {
    (self.setting, self.plan) = (setting, plan)
    batch = TrainingBatch(workers: setting.workers)
    shares = (0..<setting.workers).map { _ in Share() }
  }

  /// A share, and the lists in it of some rows of the batch.
  func forwardLists(_ share: Int, of rows: Range<Int>) -> (share: Share, lists: Range<Int>) {
    let list = (rows.lowerBound - batch.listedRows[share].lowerBound) / 4
    return (shares[share], list..<list + (rows.count + 3) / 4)
  }

  /// Lists a worker's share.
  func list(_ worker: Int) {
    let share = shares[worker]
    batch.withListedExamples(worker) {
      share.forward.list($0, of: setting.inputs, kernels: setting.network.kernels)
    }
    listInputs(worker)
    if setting.repeatsBatch {
      share.forward.sortIntoParts()
      share.backward.sortIntoParts()
    }
  }

  /// Lists the examples that have one of a quad of inputs, for a worker's quads.
  private func listInputs(_ worker: Int) {
    let (share, own, kernels, quads) = (shares[worker], plan.quads[worker], setting.network.kernels, setting.quads)
    let span = quads.span(own)
    if share.isUsed.count == 0 {
      share.columns = Buffer((span.count + 1) * BatchBlocks.maximumSize)
      (share.isUsed, share.isNeeded) = (Buffer(own.count), Buffer(own.count))
    }
    share.isUsed.start.update(repeating: false, count: own.count)
    share.backward.removeAll()
    let bytes = share.columns.start + BatchBlocks.maximumSize
    let stride = min(BatchBlocks.maximumSize, (batch.count + 15) / 16 * 16)
    func column(_ input: Int32) -> UnsafePointer<UInt8> {
      UnsafePointer(input < 0 ? share.columns.start : bytes + (Int(input) - span.lowerBound) * stride)
    }
    for block in 0..<batch.blocks.count {
      let rows = batch.blocks.rows(ofBlock: block)
      batch.examples.pixels.withUnsafeBufferPointer {
        kernels.transpose(
          $0.baseAddress! + rows.lowerBound, count: rows.count, columns: span, target: bytes, stride: stride)
      }
      for (index, quad) in own.enumerated() {
        let inputs = quads.members.start + 4 * quad
        share.backward.append(
          QuadRows(column(inputs[0]), column(inputs[1]), column(inputs[2]), column(inputs[3])), width: rows.count,
          kernels: kernels)
        if share.backward[share.backward.count - 1] > 0 { share.isUsed.start[index] = true }
      }
    }
  }

  /// Decides which of a worker's quads of inputs are to be updated in this step.
  func decideNeeds(_ worker: Int, rule: UpdateRule) {
    let (share, hasMoments) = (shares[worker], setting.hasMoments[worker].start)
    for (index, quad) in plan.quads[worker].enumerated() {
      let isUsed = share.isUsed.start[index]
      if isUsed { hasMoments[quad] = true }
      // Without a gradient, weights change only where they decay or where a moment moves them.
      share.isNeeded.start[index] = isUsed || !rule.skipsZeroGradients || (rule.form != .plain && hasMoments[quad])
    }
  }

  /// Quads of inputs that a worker takes on at once.
  private static var quadsAtOnce: Int { 28 }

  /// The lists of some quads of inputs in a block of the batch.
  struct BlockOfQuads {
    let share: Share
    let block: Int
    /// The lists of the quads, in `share.backward`.
    let lists: Range<Int>
    let needed: UnsafePointer<Bool>
    /// Four inputs a list.
    let inputs: UnsafePointer<Int32>
  }

  /// Calls `body` with the quads of inputs that a worker is to update over a reduction half, block by block.
  func forEachUpdate(_ worker: Int, _ target: UpdateTarget, _ body: (BlockOfQuads) -> Void) {
    func update(_ number: Int, _ part: Range<Int>) {
      let (share, own) = (shares[number], plan.quads[number])
      let needed = target.rule.form == .sum ? share.isUsed : share.isNeeded
      for block in batch.blocks.blocks(ofHalf: target.half) {
        body(
          BlockOfQuads(
            share: share, block: block,
            lists: block * own.count + part.lowerBound..<block * own.count + part.upperBound,
            needed: needed.start + part.lowerBound,
            inputs: setting.quads.members.start + 4 * (own.lowerBound + part.lowerBound)))
      }
    }
    if plan.groups == 1 {
      batch.forEachPart(ofQuads: Self.quadsAtOnce, half: target.half, worker: worker, plan, update)
    } else {
      for share in plan.shares(of: worker) { update(share, 0..<plan.quads[share].count) }
    }
  }
}
