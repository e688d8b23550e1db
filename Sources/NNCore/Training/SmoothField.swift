import NNKernelTypes

/// Smooth random displacements of the pixels of a picture: two numbers a pixel, across and down.
///
/// Simard, Steinkraus and Platt (2003) draw a uniform number of −1 to 1 for each pixel, smooth the numbers by a
/// Gaussian of width σ, and multiply them by α. The result has the variance α²/3 · (Σ g²)², with g the Gaussian's
/// weights along a line, and two pixels at a distance d correlate by exp(−d²/4σ²). Noise on a lattice with σ pixels
/// between points, weighted by the same Gaussian of the distance from pixel to point, has the same correlations to 1
/// part in 5,000 (2 · exp(−π²), by Poisson's summation formula), for a small part of the work. Here the weights of each
/// pixel are scaled to have just the variance wanted.
///
/// The displacements don't fade at the picture's edge, as if the noise went on beyond it.
struct SmoothField: Sendable {
  private let across: Direction
  private let down: Direction
  private let amplitude: Float

  /// The Gaussian is cut off at this many widths, as SciPy's `gaussian_filter` does.
  private static let reach = 4.0

  init(_ shape: PictureShape, sigma: Double, alpha: Double) {
    across = Direction(count: shape.columns, together: 16, sigma: sigma)
    down = Direction(count: shape.rows, together: 1, sigma: sigma)
    // Noise is the sum of two uniform numbers of variance 1/12 each, and is to have that of one in −1…1, which is 1/3.
    amplitude = Float(alpha * 2.0.squareRoot())
  }

  /// Draws noise, and calls `body` with displacements that it makes.
  func draw<Result>(_ random: inout IndexedRandom, _ body: (SmoothNoise) -> Result) -> Result {
    let count = down.points * across.points
    let noise = [Float](unsafeUninitializedCapacity: 2 * count) { values, initialized in
      let unit = amplitude / 65536
      for point in 0..<count {
        let bits = random.next()
        let (a, b) = (Int32(truncatingIfNeeded: bits & 0xffff), Int32(truncatingIfNeeded: bits >> 16 & 0xffff))
        let (c, d) = (Int32(truncatingIfNeeded: bits >> 32 & 0xffff), Int32(truncatingIfNeeded: bits >> 48))
        values.initializeElement(at: point, to: Float(a + b - 65535) * unit)
        values.initializeElement(at: count + point, to: Float(c + d - 65535) * unit)
      }
      initialized = 2 * count
    }
    return noise.withUnsafeBufferPointer { noise in
      across.withWeights { across in
        down.withWeights { down in
          body(
            SmoothNoise(
              x: noise.baseAddress!, y: noise.baseAddress! + count, rows: self.down.points,
              columns: self.across.points, across: across, down: down))
        }
      }
    }
  }

  /// The lattice along one direction, and the weights of its points.
  private struct Direction: Sendable {
    /// Points of the lattice.
    let points: Int
    private let firsts: [Int32]
    private let weights: [Float]
    private let taps: Int

    /// - Parameters:
    ///   - count: pixels.
    ///   - together: pixels that share a run of points.
    init(count: Int, together: Int, sigma: Double) {
      let spacing = max(sigma, 1)
      let reach = SmoothField.reach
      let (runs, before) = ((count + together - 1) / together, Int(reach))
      let taps = Int((Double(together - 1) / spacing).rounded(.up)) + 2 * before + 1
      // Point i lies at (i − before) · spacing.
      let firsts = (0..<runs).map { Int32((Double($0 * together) / spacing - reach).rounded(.up)) + Int32(before) }
      (self.firsts, self.taps, points) = (firsts, taps, Int(firsts.last ?? 0) + taps)
      let variance = Self.squares(sigma)
      var weights = [Float](repeating: 0, count: runs * taps * together)
      for run in 0..<runs {
        for member in 0..<together {
          let place = Double(run * together + member) / spacing
          let distances = (0..<taps).map { place - Double(Int(firsts[run]) + $0 - before) }
          let values = distances.map { distance in
            let widths = distance * spacing / sigma
            return abs(distance) <= reach ? SmoothField.exponential(-widths * widths / 2) : 0
          }
          let scale = (variance / values.reduce(0) { $0 + $1 * $1 }).squareRoot()
          for (tap, value) in values.enumerated() {
            weights[(run * taps + tap) * together + member] = Float(value * scale)
          }
        }
      }
      self.weights = weights
    }

    /// The sum of the squares of a Gaussian's weights at whole numbers, which add up to 1.
    private static func squares(_ sigma: Double) -> Double {
      let radius = Int((SmoothField.reach * sigma).rounded(.up))
      let values = (-radius...radius).map { place in
        SmoothField.exponential(-Double(place * place) / (2 * sigma * sigma))
      }
      let total = values.reduce(0, +)
      return values.reduce(0) { $0 + $1 * $1 } / (total * total)
    }

    func withWeights<Result>(_ body: (LatticeWeights) -> Result) -> Result {
      firsts.withUnsafeBufferPointer { firsts in
        weights.withUnsafeBufferPointer { weights in
          body(LatticeWeights(firsts: firsts.baseAddress!, weights: weights.baseAddress!, taps: taps))
        }
      }
    }
  }

  /// e to the power of `x`, for x of at most 0, the same on all processors: by Taylor's series of a sixty-fourth of it.
  private static func exponential(_ x: Double) -> Double {
    guard x > -64 else { return 0 }
    var (sum, term) = (1.0, 1.0)
    for power in 1...18 {
      term *= x / 64 / Double(power)
      sum += term
    }
    for _ in 0..<6 { sum *= sum }
    return sum
  }
}
