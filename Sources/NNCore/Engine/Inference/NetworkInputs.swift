import CProcessor
import NNKernels

/// How the examples of a data set go into a network: as sparse rows of pixels, or as dense rows of Floats.
struct NetworkInputs {
  let width: Int
  /// Whether the first layer leaves out the zeros.
  let isSparse: Bool
  let arePixels: Bool
  /// What each pixel value becomes.
  let table = Buffer<Float>(256)
  private let inputs: Dataset.Inputs
  private let bytes: Bytes
  private let start: UnsafeRawPointer

  /// The share of inputs that are not zero up to which leaving out zeros is faster than multiplying them.
  static let greatestSparseDensity = 0.5
  /// Examples that are looked at to tell the density.
  private static let sampleSize = 512

  /// - Parameter scale: what pixels are multiplied by, which is the network's business and not the data's.
  init(_ dataset: Dataset, scale: Scale) {
    inputs = dataset.inputs
    arePixels = if case .pixels = inputs { true } else { false }
    bytes = inputs.bytes
    width = inputs.width
    // The memory is that of `bytes`, which is kept as long as this.
    start = bytes.withUnsafeBytes { $0.baseAddress! }
    for (pixel, value) in scale.table.enumerated() { table.start[pixel] = Float(value) }
    isSparse = Self.density(dataset) <= Self.greatestSparseDensity
  }

  /// The pixels of the example at `place`.
  func pixels(_ place: Int) -> UnsafePointer<UInt8> {
    (start + place * width).assumingMemoryBound(to: UInt8.self)
  }

  /// Asks for the pixels of the example at `place`, which will be read soon: in a shuffled batch each is in another page
  /// of memory, and to wait for one after the other takes longer than all there is to compute from them.
  func prefetch(_ place: Int) {
    processor_prefetch(pixels(place), width)
  }

  /// Writes the inputs of the example at `place`.
  ///
  /// - Parameter drawn: pixels to take instead.
  func copy(_ place: Int, drawn: UnsafePointer<UInt8>?, to row: UnsafeMutablePointer<Float>) {
    switch inputs {
    case .pixels:
      let pixels = drawn ?? pixels(place)
      for index in 0..<width { row[index] = table.start[Int(pixels[index])] }
    case .features:
      UnsafeMutableRawPointer(row).copyMemory(from: start + place * 4 * width, byteCount: 4 * width)
    }
  }

  /// The share of pixels that are not zero, from examples spread over the data; 1 for features, whose values don't fit
  /// the lists of bytes.
  private static func density(_ dataset: Dataset) -> Double {
    guard case .pixels(let bytes, _, _) = dataset.inputs else { return 1 }
    let shares = (0..<min(sampleSize, dataset.count)).map { index in
      let place = index * dataset.count / min(sampleSize, dataset.count)
      let pixels = bytes[place * dataset.inputCount..<(place + 1) * dataset.inputCount]
      let used = pixels.withUnsafeBytes { $0.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
      return Double(used) / Double(dataset.inputCount)
    }
    return shares.reduce(0, +) / Double(max(shares.count, 1))
  }
}
