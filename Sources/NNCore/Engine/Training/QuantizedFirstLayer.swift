import NNKernelTypes

/// The first layer on pixels of which most are zero, in whole numbers: pixels are multiplied by weights and gradients
/// that are quantised for each step. The weights themselves are kept and updated as Floats.
final class QuantizedFirstLayer: FirstLayer {
  private let setting: FirstLayerSetting
  private let sparse: SparseBatch<PairLists>
  private let memory: QuantizedMemory

  init(_ setting: FirstLayerSetting, _ plan: WorkPlan, _ memory: QuantizedMemory) {
    (self.setting, sparse, self.memory) = (setting, SparseBatch(setting, plan), memory)
  }

  var batch: TrainingBatch { sparse.batch }
  var plan: WorkPlan { sparse.plan }
  var listsAhead: Bool { true }

  /// The Float that a pixel of 1 stands for.
  private var unit: Float { setting.inputs.table.start[1] }

  func list(_ worker: Int) { sparse.list(worker) }

  func begin(_ worker: Int, rule: UpdateRule) {
    sparse.decideNeeds(worker, rule: rule)
    let layer = setting.network.layers[0]
    setting.network.kernels.quantize(
      layer.forwardPanels(plan.panels(of: worker)).weights, rows: layer.inputCount, unit: unit, errorFeedback: true,
      into: memory.weights[worker].panels())
  }

  func forward(_ worker: Int, share: Int, rows: Range<Int>, outputs: LayerOutputs) {
    let (listed, lists) = sparse.forwardLists(share, of: rows)
    let panels = plan.panels(of: worker)
    let layer = setting.network.layers[0].forwardPanels(panels)
    setting.network.kernels.quantizedForward(
      listed.forward.run(lists), weights: memory.weights[worker].panels(),
      biases: Panels(start: layer.biases, stride: layer.weights.stride, count: panels.count),
      activation: layer.activation, outputs: outputs.rows(0, rows, panel: panels.lowerBound))
  }

  var preparesGradients: Bool { true }

  func prepareGradients(_ worker: Int, _ workspace: TrainingWorkspace) {
    for block in plan.run(of: worker, in: batch.blocks.count, step: 1) {
      let rows = batch.blocks.rows(ofBlock: block)
      setting.network.kernels.quantize(
        Panels(workspace.gradients(0, rows, panels: 0..<setting.network.layers[0].panels)), rows: rows.count,
        unit: unit, errorFeedback: false, into: memory.gradients[block].panels())
    }
  }

  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace) {
    sparse.forEachUpdate(worker, target) { quads in
      setting.network.kernels.quantizedUpdate(
        quads.share.backward.run(quads.lists, needed: quads.needed), inputs: quads.inputs,
        gradients: memory.gradients[quads.block].panels(from: target.panels.lowerBound), parameters: target.parameters,
        rule: target.rule)
    }
  }
}
