import CProcessor

/// Sixteen words: of two whole numbers of 16 bits each, or of one of 32, the sum of products of such.
typealias Words = SIMD16<Int32>

/// The greatest magnitude that numbers are scaled to: with what is carried over, they stay below 2¹⁵.
private let greatest: Float = 32766
/// Added to a number below 2²² in magnitude, it leaves in the lower bits what the number is rounded to.
private let rounding: Float = 12_582_912

/// Turns panels of Floats into fixed point: each column as whole numbers of 16 bits, multiples of a scale of its own by which
/// the greatest just fits.
///
/// - Parameters:
///   - matrix: `panels` panels, `panelStride` Floats from one to the next.
///   - unit: what a byte of 1 stands for, by which the scales are multiplied. One of a column that has something else than
///     finite numbers is not a number.
///   - carries: whether what a number loses by being rounded is added to the next of its column. Where the rows are
///     pixels, whose neighbours are nearly equal, most of it is made up for so.
public func fix(
  _ matrix: UnsafePointer<Float>, panelStride: Int, rows: Int, panels: Int, unit: Float, carries: Bool,
  target: FixedMatrix
) {
  for panel in 0..<panels {
    let (source, words) = (matrix + panel &* panelStride, target.words + panel &* target.panelStride)
    let scale =
      carries ? fix(source, rows: rows, words, Carrying()) : fix(source, rows: rows, words, Rounding())
    store(scale * unit, target.scales, panel &* lanes)
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

private struct Carrying: Rounder {
  private var lost = Vector.zero

  @inline(__always) init() {}

  @inline(__always)
  mutating func round(_ x: Vector, _ factor: Vector) -> Words {
    let exact = multiplyAdd(lost, x, factor)
    let sum = exact + rounding
    lost = exact - (sum - rounding)
    return unsafeBitCast(sum, to: Words.self)
  }
}

@inline(__always)
private func fix(
  _ panel: UnsafePointer<Float>, rows: Int, _ words: UnsafeMutablePointer<Int32>, _ rounder: some Rounder
) -> Vector {
  // As bits, a magnitude that is not finite is greater than all that are.
  var most = SIMD16<UInt32>.zero
  for row in 0..<rows {
    let magnitude = unsafeBitCast(load(panel, row &* lanes), to: SIMD16<UInt32>.self) & 0x7fff_ffff
    most.replace(with: magnitude, where: magnitude .> most)
  }
  let magnitude = unsafeBitCast(most, to: Vector.self)
  let factor = Vector(repeating: greatest) / magnitude
  var rounder = rounder
  for row in stride(from: 0, to: rows, by: 2) {
    let even = rounder.round(load(panel, row &* lanes), factor) & 0xffff
    let odd = row &+ 1 < rows ? rounder.round(load(panel, (row &+ 1) &* lanes), factor) &<< 16 : .zero
    UnsafeMutableRawPointer(words + row / 2 &* lanes).storeBytes(of: even | odd, as: Words.self)
  }
  // Less itself, what is not finite is not a number.
  return magnitude / greatest + (magnitude - magnitude)
}
