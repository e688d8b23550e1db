import NNKernelTypes

/// Sixteen words: of two whole numbers of 16 bits each, or of one of 32 bits, which sums products of these.
typealias Words = SIMD16<Int32>

/// The maximum magnitude that numbers are scaled to. With the rounding error of the number before, it stays below 2¹⁵.
private let maximum: Float = 32766
/// 1.5 · 2²³. Added to a number below 2²² in magnitude, it leaves the nearest whole number in the lower bits.
private let rounding: Float = 12_582_912

extension Kernels {
  public func quantize(
    _ matrix: Panels, rows: Int, unit: Float, errorFeedback: Bool, into target: QuantizedPanels
  ) {
    for panel in 0..<matrix.count {
      let (source, words) = (matrix.start + panel &* matrix.stride, target.words + panel &* target.stride)
      let scale =
        errorFeedback
        ? quantizePanel(source, rows: rows, words, ErrorFeedback())
        : quantizePanel(source, rows: rows, words, Rounding())
      store(scale * unit, target.scales, panel &* lanes)
    }
  }
}

private protocol Rounder {
  /// x · factor as a whole number in the lower bits.
  mutating func round(_ x: Vector, _ factor: Vector) -> Words
}

private struct Rounding: Rounder {
  @inline(__always)
  func round(_ x: Vector, _ factor: Vector) -> Words {
    unsafeBitCast(multiplyAdd(Vector(repeating: rounding), x, factor), to: Words.self)
  }
}

private struct ErrorFeedback: Rounder {
  private var error = Vector.zero

  @inline(__always) init() {}

  @inline(__always)
  mutating func round(_ x: Vector, _ factor: Vector) -> Words {
    let exact = multiplyAdd(error, x, factor)
    let sum = exact + rounding
    error = exact - (sum - rounding)
    return unsafeBitCast(sum, to: Words.self)
  }
}

@inline(__always)
private func quantizePanel(
  _ panel: UnsafePointer<Float>, rows: Int, _ words: UnsafeMutablePointer<Int32>, _ rounder: some Rounder
) -> Vector {
  // As bits, infinities and NaNs are greater than every finite magnitude.
  var most = SIMD16<UInt32>.zero
  for row in 0..<rows {
    let magnitude = unsafeBitCast(load(panel, row &* lanes), to: SIMD16<UInt32>.self) & 0x7fff_ffff
    most.replace(with: magnitude, where: magnitude .> most)
  }
  let magnitude = unsafeBitCast(most, to: Vector.self)
  let factor = Vector(repeating: maximum) / magnitude
  var rounder = rounder
  for row in stride(from: 0, to: rows, by: 2) {
    let even = rounder.round(load(panel, row &* lanes), factor) & 0xffff
    let odd = row &+ 1 < rows ? rounder.round(load(panel, (row &+ 1) &* lanes), factor) &<< 16 : .zero
    UnsafeMutableRawPointer(words + row / 2 &* lanes).storeBytes(of: even | odd, as: Words.self)
  }
  // Infinity − infinity is NaN: so is the scale of a column that holds a number that is not finite.
  return magnitude / maximum + (magnitude - magnitude)
}
