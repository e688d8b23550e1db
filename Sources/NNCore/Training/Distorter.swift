import NNKernelDispatch
import NNKernelTypes

/// Draws pictures distorted at random, so that the network sees a digit as many hands might have written it: affine and
/// elastic as Simard, Steinkraus and Platt (2003) and Cireşan, Meier, Gambardella and Schmidhuber (2010) do, and with
/// thicker or thinner strokes.
package struct Distorter: PictureRedrawing {
  private let seed: UInt32
  private let shape: PictureShape
  private let stepsAnEpoch: Int
  private let affine: Affine?
  private let field: SmoothField?
  private let thickness: Float?
  private let kernels: any KernelSet

  /// The maxima of what is drawn anew for each picture.
  private struct Affine: Sendable {
    let angle: Float
    let scale: Float
    let shear: Float
    let shift: Float
  }

  /// - Parameters:
  ///   - values: the settings of each part that is wanted, all of the part's.
  ///   - stepsAnEpoch: updates in which each example comes once. Within them, an example is always drawn the same way.
  package init(
    seed: UInt32, shape: PictureShape, _ values: [DistortionSetting: Double], stepsAnEpoch: Int,
    kernels: any KernelSet = KernelChoice.kernels
  ) {
    (self.seed, self.shape, self.stepsAnEpoch, self.kernels) = (seed, shape, stepsAnEpoch, kernels)
    if let angle = values[.rotate], let scale = values[.scale], let shear = values[.shear], let shift = values[.shift] {
      affine = Affine(angle: Float(angle / 180 * .pi), scale: Float(scale), shear: Float(shear), shift: Float(shift))
    } else {
      affine = nil
    }
    if let sigma = values[.sigma], let alpha = values[.alpha] {
      field = SmoothField(shape, sigma: sigma, alpha: alpha)
    } else {
      field = nil
    }
    thickness = values[.thickness].map { Float($0) }
  }

  package func draw(_ picture: Span<UInt8>, place: Int, step: Int, into target: inout MutableSpan<UInt8>) {
    guard picture.count > 0 else { return }
    let epoch = (step - 1) / stepsAnEpoch + 1
    var random = IndexedRandom(seed: seed, place: place &+ epoch &* 0x1_0000_0001)
    var distortion = PictureDistortion(rows: shape.rows, columns: shape.columns)
    if let affine { apply(affine, to: &distortion, &random) }
    if let thickness { distortion.thickening = Int32(random.uniform(-thickness...thickness) * 256) }
    guard let field else { return draw(picture, distortion, into: &target) }
    field.draw(&random) { noise in
      distortion.displacement = noise
      draw(picture, distortion, into: &target)
    }
  }

  private func draw(
    _ picture: Span<UInt8>, _ distortion: PictureDistortion, into target: inout MutableSpan<UInt8>
  ) {
    precondition(picture.count == shape.rows * shape.columns && target.count == picture.count)
    picture.withUnsafeBufferPointer { picture in
      target.withUnsafeMutableBufferPointer { target in
        guard let source = picture.baseAddress, let target = target.baseAddress else { return }
        kernels.distort(source, distortion, into: target)
      }
    }
  }

  /// Draws numbers for the map from each new pixel to its source, both seen from the middle: shift, rotation, shear and
  /// scaling undone.
  private func apply(_ affine: Affine, to distortion: inout PictureDistortion, _ random: inout IndexedRandom) {
    let scale = 1 - affine.scale...1 + affine.scale
    let (width, height) = (random.uniform(scale), random.uniform(scale))
    let lean = random.uniform(-affine.shear...affine.shear)
    let (cosine, sine) = Self.direction(of: random.uniform(-affine.angle...affine.angle))
    let shift = SIMD2(random.uniform(-affine.shift...affine.shift), random.uniform(-affine.shift...affine.shift))
    let (across, down) = (
      SIMD2((cosine - lean * sine) / width, -sine / height), SIMD2((sine + lean * cosine) / width, cosine / height)
    )
    let middle = SIMD2(Float(shape.columns - 1), Float(shape.rows - 1)) / 2
    let moved = middle + shift
    (distortion.across, distortion.down) = (across, down)
    distortion.origin = middle - across * moved.x - down * moved.y
  }

  /// The cosine and the sine of an angle of −π to π, the same on all processors: by Taylor's series.
  private static func direction(of angle: Float) -> (cosine: Float, sine: Float) {
    let x = Double(angle)
    var (cosine, sine, term) = (1.0, 0.0, 1.0)
    for power in stride(from: 1.0, to: 26, by: 4) {
      term *= x / power
      sine += term
      term *= x / (power + 1)
      cosine -= term
      term *= x / (power + 2)
      sine -= term
      term *= x / (power + 3)
      cosine += term
    }
    return (Float(cosine), Float(sine))
  }
}
