/// The axis of the colour channels of an array of pictures: red, green, blue and, if there are four, alpha.
enum ColorChannels: Equatable {
  /// The last axis, as in Pillow and TensorFlow: examples × rows × columns × `count`.
  case last(count: Int)
  /// The axis after the examples, as in PyTorch: examples × `count` × rows × columns.
  case first(count: Int)

  var count: Int {
    switch self {
    case .last(let count), .first(let count): count
    }
  }

  /// Converts colour pictures to grey on a black background, as for PNG files.
  ///
  /// - Precondition: `bytes` holds whole examples.
  func grey(_ bytes: Bytes, rows: Int, columns: Int) throws -> Bytes {
    // An array without examples may have rows and columns of any size.
    guard bytes.count > 0 else { return bytes }
    let size = rows * columns
    var builder = BytesBuilder(capacity: bytes.count / count)
    var samples = [UInt8](repeating: 255, count: 4 * size)
    for start in stride(from: 0, to: bytes.count, by: size * count) {
      let example = bytes[start..<start + size * count]
      example.withSpan { pixels in
        for channel in 0..<count {
          for pixel in 0..<size {
            samples[4 * pixel + channel] =
              self == .last(count: count) ? pixels[pixel * count + channel] : pixels[channel * size + pixel]
          }
        }
      }
      let picture = Picture(width: columns, height: rows, samples: samples)
      try builder.append(picture.grey(on: 0).pixels)
      example.dropPages()
    }
    return try builder.finish()
  }
}
