import NNKernelTypes

extension Kernels {
  public func dropOut(
    _ outputs: Rows, panels: Int, keys: UnsafePointer<UInt32>, rate: DropoutRate, dropped: MutableRows,
    masks: MutableRows
  ) {
    for row in 0..<outputs.count {
      var number = SIMD16<UInt32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
      for panel in 0..<panels {
        var bits = number &* 0x9e37_79b9 &+ keys[row]
        bits = (bits ^ (bits &>> 16)) &* 0x85eb_ca6b
        bits = (bits ^ (bits &>> 13)) &* 0xc2b2_ae35
        bits ^= bits &>> 16
        let mask = Vector(repeating: rate.gain).replacing(with: 0, where: bits .< rate.threshold)
        store(mask, masks.start, row &* masks.stride &+ panel &* lanes)
        store(
          load(outputs.start, row &* outputs.stride &+ panel &* lanes) * mask, dropped.start,
          row &* dropped.stride &+ panel &* lanes)
        number &+= 16
      }
    }
  }

  public func applyMasks(_ masks: Rows, to gradients: MutablePanels) {
    for panel in 0..<gradients.count {
      for row in 0..<masks.count {
        let place = panel &* gradients.stride &+ row &* lanes
        let mask = load(masks.start, row &* masks.stride &+ panel &* lanes)
        store(load(gradients.start, place) * mask, gradients.start, place)
      }
    }
  }
}
