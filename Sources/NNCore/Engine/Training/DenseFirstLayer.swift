import NNKernelTypes

/// The first layer on features, or on pixels of which most are not zero: a matrix product.
final class DenseFirstLayer: FirstLayer {
  let batch: TrainingBatch
  let plan: WorkPlan
  private let rows: DenseRows
  // Held directly, so that workers count no references on the way to them.
  private let kernels: any KernelSet
  private let layer: FastLayer
  private let inputs: NetworkInputs

  /// - Parameter rows: memory for the batch's inputs, which this batch and the next share.
  init(_ setting: FirstLayerSetting, _ plan: WorkPlan, rows: DenseRows) {
    (self.plan, self.rows, inputs) = (plan, rows, setting.inputs)
    (kernels, layer) = (setting.network.kernels, setting.network.layers[0])
    batch = TrainingBatch(workers: setting.workers)
  }

  /// The memory holds one batch at a time.
  var listsAhead: Bool { false }

  func list(_ worker: Int) {
    let range = batch.listedRows[worker]
    batch.withListedExamples(worker) { rows.copy($0, of: inputs, to: range.lowerBound) }
    if let (rate, keys) = batch.inputDropout {
      keys.withUnsafeBufferPointer { keys in
        guard let keys = keys.baseAddress else { return }
        rows.dropOut(range, keys: keys + range.lowerBound, rate: rate, kernels: kernels)
      }
    }
  }

  func begin(_: Int, rule _: UpdateRule) {}

  func forward(_ worker: Int, share _: Int, rows range: Range<Int>, outputs: LayerOutputs) {
    let panels = plan.panels(of: worker)
    kernels.denseForward(
      rows.rows(range), inputCount: layer.inputCount, layer: layer.forwardPanels(panels),
      outputs: outputs.rows(0, range, panel: panels.lowerBound))
  }

  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace) {
    let (width, examples) = (layer.inputCount, batch.blocks.rows(ofHalf: target.half))
    func update(_ range: Range<Int>) {
      kernels.denseUpdate(
        rows.rows(examples), range: range, gradients: Panels(workspace.gradients(0, examples, panels: target.panels)),
        parameters: target.parameters, rule: target.rule, transposed: nil)
    }
    guard plan.groups == 1 else {
      for share in plan.shares(of: worker) { update(plan.run(of: share, in: width, step: tileRows)) }
      return
    }
    guard target.team.contains(worker) else { return }
    update(plan.run(of: worker, in: width, step: tileRows, team: target.team))
  }
}
