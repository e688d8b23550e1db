import NNKernelTypes

/// The first layer on pixels of which most are zero, in whole numbers: pixels are multiplied by weights and gradients
/// that are quantised for each step. The weights themselves are kept and updated as Floats.
final class QuantizedFirstLayer: FirstLayer {
  private let sparse: SparseBatch<PairLists>
  private let memory: QuantizedMemory
  // Held directly, so that workers count no references on the way to them.
  private let kernels: any KernelSet
  private let layer: FastLayer
  /// The Float that a pixel of 1 stands for.
  private let unit: Float

  init(_ setting: FirstLayerSetting, _ plan: WorkPlan, _ memory: QuantizedMemory) {
    (sparse, self.memory) = (SparseBatch(setting, plan), memory)
    (kernels, layer) = (setting.network.kernels, setting.network.layers[0])
    unit = setting.inputs.table.start[1]
  }

  var batch: TrainingBatch { sparse.batch }
  var plan: WorkPlan { sparse.plan }
  var listsAhead: Bool { true }

  func list(_ worker: Int) { sparse.list(worker) }

  func begin(_ worker: Int, rule: UpdateRule) {
    sparse.decideNeeds(worker, rule: rule)
    kernels.quantize(
      layer.forwardPanels(plan.panels(of: worker)).weights, rows: layer.inputCount, unit: unit, errorFeedback: true,
      into: memory.weights[worker].panels())
  }

  func forward(_ worker: Int, share: Int, rows: Range<Int>, outputs: LayerOutputs) {
    let (listed, lists) = sparse.forwardLists(share, of: rows)
    let panels = plan.panels(of: worker)
    let forward = layer.forwardPanels(panels)
    kernels.quantizedForward(
      listed.forward.run(lists), weights: memory.weights[worker].panels(),
      biases: Panels(start: forward.biases, stride: forward.weights.stride, count: panels.count),
      activation: forward.activation, outputs: outputs.rows(0, rows, panel: panels.lowerBound))
  }

  var preparesGradients: Bool { true }

  func prepareGradients(_ worker: Int, _ workspace: TrainingWorkspace) {
    for block in plan.run(of: worker, in: batch.blocks.count, step: 1) {
      let rows = batch.blocks.rows(ofBlock: block)
      kernels.quantize(
        Panels(workspace.gradients(0, rows, panels: 0..<layer.panels)), rows: rows.count,
        unit: unit, errorFeedback: false, into: memory.gradients[block].panels())
    }
  }

  func update(_ worker: Int, _ target: UpdateTarget, _ workspace: TrainingWorkspace) {
    sparse.forEachUpdate(worker, target) { quads in
      kernels.quantizedUpdate(
        quads.share.backward.run(quads.lists, needed: quads.needed), inputs: quads.inputs,
        gradients: memory.gradients[quads.block].panels(from: target.panels.lowerBound), parameters: target.parameters,
        rule: target.rule)
    }
  }
}
