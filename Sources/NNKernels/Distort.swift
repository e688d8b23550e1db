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
      draw(distortion, grid, squares: squares, sums: sums, line: line, into: target)
    }
  }
}

/// - Parameters:
///   - squares: the picture, see `Grid.joinSquares`.
///   - sums: see `sumAcross`.
///   - line: room for a row of pixels, a word each.
private func draw(
  _ distortion: PictureDistortion, _ grid: Grid, squares: UnsafeMutablePointer<UInt32>,
  sums: UnsafeMutablePointer<Float>, line: UnsafeMutablePointer<UInt32>, into target: UnsafeMutablePointer<UInt8>
) {
  let runs = (distortion.columns &+ lanes &- 1) / lanes
  for row in 0..<distortion.rows {
    for run in 0..<runs {
      let place = source(distortion, row: row, run: run, runs: runs, sums)
      let value = interpolate(grid, squares, place.x, place.y)
      UnsafeMutableRawPointer(line + run &* lanes).storeBytes(of: value, as: SIMD16<UInt32>.self)
    }
    let pixels = target + row &* distortion.columns
    for column in 0..<distortion.columns { pixels[column] = UInt8(truncatingIfNeeded: line[column]) }
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

  /// Puts a pixel, the one right of it, and both below into the four bytes of a word, because interpolation takes them
  /// together.
  @inline(__always)
  func joinSquares(_ words: UnsafeMutablePointer<UInt32>, into squares: UnsafeMutablePointer<UInt32>) {
    let end = count &- stride &- 1
    for place in 0..<end {
      let upper = words[place] | words[place &+ 1] &<< 8
      squares[place] = upper | words[place &+ stride] &<< 16 | words[place &+ stride &+ 1] &<< 24
    }
  }
}

/// Values of a picture, given by its squares, at sixteen places.
@inline(__always)
private func interpolate(
  _ grid: Grid, _ squares: UnsafeMutablePointer<UInt32>, _ x: Vector, _ y: Vector
) -> SIMD16<UInt32> {
  // With the border, the picture begins at 1. Beyond the border all is as on it.
  let (left, across) = split(x + 1, upTo: Float(grid.columns &+ 1))
  let (top, down) = split(y + 1, upTo: Float(grid.rows &+ 1))
  let places = top &* SIMD16<UInt32>(repeating: UInt32(truncatingIfNeeded: grid.stride)) &+ left
  let square = SIMD16<UInt32>(
    squares[Int(places[0])], squares[Int(places[1])], squares[Int(places[2])], squares[Int(places[3])],
    squares[Int(places[4])], squares[Int(places[5])], squares[Int(places[6])], squares[Int(places[7])],
    squares[Int(places[8])], squares[Int(places[9])], squares[Int(places[10])], squares[Int(places[11])],
    squares[Int(places[12])], squares[Int(places[13])], squares[Int(places[14])], squares[Int(places[15])])
  let (a, b) = (number(square & 255), number(square &>> 8 & 255))
  let (c, d) = (number(square &>> 16 & 255), number(square &>> 24))
  let upper = a + (b - a) * across
  let lower = c + (d - c) * across
  return unsafeBitCast(upper + (lower - upper) * down + whole, to: SIMD16<UInt32>.self) & 255
}

/// The whole part of numbers, and the rest, after numbers below 0 or above a maximum, of at most 2²², have been moved
/// there.
@inline(__always)
private func split(_ x: Vector, upTo maximum: Float) -> (whole: SIMD16<UInt32>, rest: Vector) {
  let positive = Vector.zero.replacing(with: x, where: x .> Vector.zero)
  let maximum = Vector(repeating: maximum)
  let x = positive.replacing(with: maximum, where: positive .> maximum)
  let nearest = (x + whole) - whole
  let rounded = nearest.replacing(with: nearest - 1, where: nearest .> x)
  return (unsafeBitCast(rounded + whole, to: SIMD16<UInt32>.self) & 0x7f_ffff, x - rounded)
}

/// Whole numbers below 2²³ as Floats.
@inline(__always)
private func number(_ x: SIMD16<UInt32>) -> Vector {
  unsafeBitCast(x | 0x4b00_0000, to: Vector.self) - whole
}
