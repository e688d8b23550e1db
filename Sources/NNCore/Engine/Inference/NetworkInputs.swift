import CProcessor

/// The examples of a data set as a network's inputs.
struct NetworkInputs {
  let width: Int
  let arePixels: Bool
  /// The share of inputs that are not zero, estimated from some examples; 1 for features.
  let density: Double
  /// The Float that each pixel value becomes.
  let table = Buffer<Float>(256)
  private let inputs: Dataset.Inputs
  private let bytes: Bytes
  private let start: UnsafeRawPointer

  /// Examples that the density is estimated from.
  private static let sampleSize = 512

  /// - Parameters:
  ///   - scale: the factor of pixels, which is the network's, not the data's.
  ///   - gain: one more factor of pixels, for the mean of inputs of which some are dropped.
  init(_ dataset: Dataset, scale: Scale, gain: Double = 1) {
    self.init(dataset.inputs, count: dataset.count, scale: scale, gain: gain)
  }

  /// - Parameters:
  ///   - count: the number of examples.
  ///   - scale: the factor of pixels.
  ///   - gain: one more factor of pixels.
  init(_ inputs: Dataset.Inputs, count: Int, scale: Scale, gain: Double = 1) {
    self.inputs = inputs
    arePixels = if case .pixels = inputs { true } else { false }
    bytes = inputs.bytes
    width = inputs.width
    // Points into `bytes`, which is kept as long as this value.
    start = bytes.withUnsafeBytes { $0.baseAddress! }
    for (pixel, value) in scale.table.enumerated() { table.start[pixel] = Float(value * gain) }
    density = Self.density(inputs, count: count)
  }

  /// The pixels of the example at `place`.
  func pixels(_ place: Int) -> UnsafePointer<UInt8> {
    (start + place * width).assumingMemoryBound(to: UInt8.self)
  }

  /// Prefetches the pixels of the example at `place`, which will be read soon. In a shuffled batch each example lies in
  /// another page of memory, and waiting for one after the other takes longer than all that is computed from them.
  func prefetch(_ place: Int) {
    processor_prefetch(pixels(place), width)
  }

  /// Writes the inputs of the example at `place`.
  ///
  /// - Parameter pixels: where its pixels are; nil if they are in the data.
  func copy(_ place: Int, pixels: UnsafePointer<UInt8>?, to row: UnsafeMutablePointer<Float>) {
    switch inputs {
    case .pixels:
      let pixels = pixels ?? self.pixels(place)
      for index in 0..<width { row[index] = table.start[Int(pixels[index])] }
    case .features:
      UnsafeMutableRawPointer(row).copyMemory(from: start + place * 4 * width, byteCount: 4 * width)
    }
  }

  /// The share of pixels that are not zero, from examples spread over the data; 1 for features, whose values don't fit
  /// into lists of bytes.
  private static func density(_ inputs: Dataset.Inputs, count: Int) -> Double {
    guard case .pixels(let bytes, _, _) = inputs else { return 1 }
    let shares = (0..<min(sampleSize, count)).map { index in
      let place = index * count / min(sampleSize, count)
      let pixels = bytes[place * inputs.width..<(place + 1) * inputs.width]
      let used = pixels.withUnsafeBytes { $0.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
      return Double(used) / Double(inputs.width)
    }
    return shares.reduce(0, +) / Double(max(shares.count, 1))
  }
}
