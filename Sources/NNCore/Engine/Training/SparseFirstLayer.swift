import NNKernelTypes

/// The first layer on pixels of which most are zero, in Floats: only products with pixels that are not zero are
/// computed.
final class SparseFirstLayer: FirstLayer {
  private let setting: FirstLayerSetting
  private let sparse: SparseBatch<QuadLists>

  init(_ setting: FirstLayerSetting, _ plan: WorkPlan) {
    (self.setting, sparse) = (setting, SparseBatch(setting, plan))
  }

  var batch: TrainingBatch { sparse.batch }
  var plan: WorkPlan { sparse.plan }
  var listsAhead: Bool { true }

  func list(_ worker: Int) { sparse.list(worker) }

  func begin(_ worker: Int, rule: UpdateRule) { sparse.decideNeeds(worker, rule: rule) }

  func forward(_ worker: Int, share: Int, rows: Range<Int>, outputs: LayerOutputs) {
    let (listed, lists) = sparse.forwardLists(share, of: rows)
    let panels = plan.panels(of: worker)
    setting.network.kernels.sparseForward(
      listed.forward.run(lists), table: setting.inputs.table.start,
      layer: setting.network.layers[0].forwardPanels(panels), outputs: outputs.rows(0, rows, panel: panels.lowerBound))
  }

  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace) {
    sparse.forEachUpdate(worker, target) { quads in
      let rows = batch.blocks.rows(ofBlock: quads.block)
      setting.network.kernels.sparseUpdate(
        quads.share.backward.run(quads.lists, needed: quads.needed), inputs: quads.inputs,
        table: setting.inputs.table.start, gradients: Panels(workspace.gradients(0, rows, panels: target.panels)),
        parameters: target.parameters, rule: target.rule)
    }
  }
}
