import NNKernelTypes

/// The first layer on pixels of which most are zero, in Floats: only products with pixels that are not zero are
/// computed.
final class SparseFirstLayer: FirstLayer {
  private let sparse: SparseBatch<QuadLists>
  // Held directly, so that workers count no references on the way to them.
  private let kernels: any KernelSet
  private let layer: FastLayer
  private let inputs: NetworkInputs

  init(_ setting: FirstLayerSetting, _ plan: WorkPlan) {
    sparse = SparseBatch(setting, plan)
    (kernels, layer, inputs) = (setting.network.kernels, setting.network.layers[0], setting.inputs)
  }

  var batch: TrainingBatch { sparse.batch }
  var plan: WorkPlan { sparse.plan }
  var listsAhead: Bool { true }

  func list(_ worker: Int) { sparse.list(worker) }

  func begin(_ worker: Int, rule: UpdateRule) { sparse.decideNeeds(worker, rule: rule) }

  func forward(_ worker: Int, share: Int, rows: Range<Int>, outputs: LayerOutputs) {
    let (listed, lists) = sparse.forwardLists(share, of: rows)
    let panels = plan.panels(of: worker)
    kernels.sparseForward(
      listed.forward.run(lists), table: inputs.table.start,
      layer: layer.forwardPanels(panels), outputs: outputs.rows(0, rows, panel: panels.lowerBound))
  }

  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace) {
    sparse.forEachUpdate(worker, target) { quads in
      let rows = batch.blocks.rows(ofBlock: quads.block)
      kernels.sparseUpdate(
        quads.share.backward.run(quads.lists, needed: quads.needed), inputs: quads.inputs,
        table: inputs.table.start, gradients: Panels(workspace.gradients(0, rows, panels: target.panels)),
        parameters: target.parameters, rule: target.rule)
    }
  }
}
