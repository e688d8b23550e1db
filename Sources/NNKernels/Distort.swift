import NNKernelTypes

/// 2²³. Added to a whole number below it, it leaves that number in the lower bits of the sum.
private let whole: Float = 8_388_608

extension Kernels {
  public func distort(
    _ picture: UnsafePointer<UInt8>, _ distortion: PictureDistortion, into target: UnsafeMutablePointer<UInt8>
  ) {
    let grid = Grid(rows: distortion.rows, columns: distortion.columns)
    let runs = (distortion.columns &+ lanes &- 1) / lanes
    let smooth = (distortion.displacement?.rows ?? 0) &* runs &* 2
    let words = (grid.count &+ lanes &- 1) / lanes
    withScratch(words &* 3 &+ smooth &+ runs) { scratch in
      let memory = UnsafeMutableRawPointer(scratch).assumingMemoryBound(to: UInt32.self)
      let (pixels, other) = (memory, memory + words &* lanes)
      grid.load(picture, into: pixels)
      let inked = distortion.thickening == 0 ? pixels : other
      if distortion.thickening != 0 { grid.thicken(pixels, by: distortion.thickening, into: other) }
      let squares = memory + 2 &* words &* lanes
      grid.joinSquares(inked, into: squares)
      let sums = scratch + 3 &* words &* lanes
      if let noise = distortion.displacement { sumAcross(noise, runs: runs, into: sums) }
      let line = memory + (3 &* words &+ smooth) &* lanes
      for row in 0..<distortion.rows {
        for run in 0..<runs {
          let place = source(distortion, row: row, run: run, runs: runs, sums)
          let value = grid.interpolate(squares, x: place.x, y: place.y)
          UnsafeMutableRawPointer(line + run &* lanes).storeBytes(of: value, as: SIMD16<UInt32>.self)
        }
        let pixels = target + row &* distortion.columns
        for column in 0..<distortion.columns { pixels[column] = UInt8(truncatingIfNeeded: line[column]) }
      }
    }
  }
}

/// The place in the picture that sixteen pixels come from.
@inline(__always)
private func source(
  _ distortion: PictureDistortion, row: Int, run: Int, runs: Int, _ sums: UnsafeMutablePointer<Float>
) -> (x: Vector, y: Vector) {
  let column = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) + Float(run &* lanes)
  let down = Float(row)
  var x = distortion.across.x * column + (distortion.origin.x + distortion.down.x * down)
  var y = distortion.across.y * column + (distortion.origin.y + distortion.down.y * down)
  if let noise = distortion.displacement {
    var (sumX, sumY) = (Vector.zero, Vector.zero)
    let weights = noise.down.weights + row &* noise.down.taps
    var offset = (Int(noise.down.firsts[row]) &* runs &+ run) &* 2 &* lanes
    for tap in 0..<noise.down.taps {
      sumX += load(sums, offset) * weights[tap]
      sumY += load(sums, offset &+ lanes) * weights[tap]
      offset &+= runs &* 2 &* lanes
    }
    x += sumX
    y += sumY
  }
  return (x, y)
}

/// Sums the lattice's columns for each row of the lattice and each run of sixteen pixels: a vector of the first numbers
/// and a vector of the second.
@inline(__always)
private func sumAcross(_ noise: SmoothNoise, runs: Int, into sums: UnsafeMutablePointer<Float>) {
  for row in 0..<noise.rows {
    for run in 0..<runs {
      let start = row &* noise.columns &+ Int(noise.across.firsts[run])
      let weights = noise.across.weights + run &* noise.across.taps &* lanes
      var (x, y) = (Vector.zero, Vector.zero)
      for tap in 0..<noise.across.taps {
        let weight = load(weights, tap &* lanes)
        x += weight * noise.x[start &+ tap]
        y += weight * noise.y[start &+ tap]
      }
      store(x, sums, (row &* runs &+ run) &* 2 &* lanes)
      store(y, sums, ((row &* runs &+ run) &* 2 &+ 1) &* lanes)
    }
  }
}

/// A picture with a border of zeros, a word a pixel: one pixel wide at the top and the left, two at the bottom and the
/// right.
private struct Grid {
  let rows: Int
  let columns: Int

  @inline(__always)
  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
  }

  var stride: Int { columns &+ 3 }
  var count: Int { stride &* (rows &+ 3) }

  @inline(__always)
  func load(_ picture: UnsafePointer<UInt8>, into words: UnsafeMutablePointer<UInt32>) {
    words.initialize(repeating: 0, count: count)
    for row in 0..<rows {
      let (source, target) = (picture + row &* columns, words + (row &+ 1) &* stride + 1)
      for column in 0..<columns { target[column] = UInt32(source[column]) }
    }
  }

  /// Mixes in the most ink of a pixel and its four neighbours, or the least.
  @inline(__always)
  func thicken(_ words: UnsafeMutablePointer<UInt32>, by amount: Int32, into target: UnsafeMutablePointer<UInt32>) {
    target.initialize(repeating: 0, count: count)
    let share = amount.magnitude
    for row in 1...max(rows, 1) {
      let (middle, result) = (words + row &* stride + 1, target + row &* stride + 1)
      let (above, below) = (middle - stride, middle + stride)
      if amount > 0 {
        for column in 0..<columns {
          let sides = max(middle[column &- 1], middle[column &+ 1])
          let most = max(max(above[column], below[column]), max(sides, middle[column]))
          result[column] = (middle[column] &* (256 &- share) &+ most &* share &+ 128) &>> 8
        }
      } else {
        for column in 0..<columns {
          let sides = min(middle[column &- 1], middle[column &+ 1])
          let least = min(min(above[column], below[column]), min(sides, middle[column]))
          result[column] = (middle[column] &* (256 &- share) &+ least &* share &+ 128) &>> 8
        }
      }
    }
  }

  /// Puts a pixel, the one right of it, and both below into the four bytes of a word: what interpolation takes together.
  @inline(__always)
  func joinSquares(_ words: UnsafeMutablePointer<UInt32>, into squares: UnsafeMutablePointer<UInt32>) {
    let end = count &- stride &- 1
    for place in 0..<end {
      let upper = words[place] | words[place &+ 1] &<< 8
      squares[place] = upper | words[place &+ stride] &<< 16 | words[place &+ stride &+ 1] &<< 24
    }
  }

  /// Values of the picture at sixteen places.
  @inline(__always)
  func interpolate(_ squares: UnsafeMutablePointer<UInt32>, x: Vector, y: Vector) -> SIMD16<UInt32> {
    // With the border, the picture begins at 1. Beyond the border all is as on it.
    let (left, across) = split(clamped(x + 1, to: Float(columns &+ 1)))
    let (top, down) = split(clamped(y + 1, to: Float(rows &+ 1)))
    let places = top &* UInt32(truncatingIfNeeded: stride) &+ left
    var square = SIMD16<UInt32>()
    for lane in 0..<lanes { square[lane] = squares[Int(places[lane])] }
    let (a, b) = (number(square & 255), number(square &>> 8 & 255))
    let (c, d) = (number(square &>> 16 & 255), number(square &>> 24))
    let upper = a + (b - a) * across
    let lower = c + (d - c) * across
    return unsafeBitCast(upper + (lower - upper) * down + whole, to: SIMD16<UInt32>.self) & 255
  }
}

@inline(__always)
private func clamped(_ x: Vector, to maximum: Float) -> Vector {
  var x = x
  x.replace(with: 0, where: x .< 0)
  x.replace(with: maximum, where: x .> maximum)
  return x
}

/// The whole part of numbers of 0 to 2²², and the rest.
@inline(__always)
private func split(_ x: Vector) -> (whole: SIMD16<UInt32>, rest: Vector) {
  var rounded = (x + whole) - whole
  rounded.replace(with: rounded - 1, where: rounded .> x)
  return (unsafeBitCast(rounded + whole, to: SIMD16<UInt32>.self) & 0x7f_ffff, x - rounded)
}

/// Whole numbers below 2²³ as Floats.
@inline(__always)
private func number(_ x: SIMD16<UInt32>) -> Vector {
  unsafeBitCast(x | 0x4b00_0000, to: Vector.self) - whole
}
