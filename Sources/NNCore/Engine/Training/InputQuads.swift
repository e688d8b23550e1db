/// The first layer's inputs in fours that are likely to be non-zero together: squares of 2 × 2 neighbouring pixels, or
/// runs of four where a picture has one row.
struct InputQuads {
  let count: Int
  /// Four inputs a quad; −1 for an input that doesn't exist.
  let members: Buffer<Int32>

  init(_ dataset: Dataset) {
    let width = dataset.inputCount
    let columns = if case .pixels(_, let rows, let columns) = dataset.inputs, rows > 1 { columns } else { width }
    let (height, across) = (width / max(columns, 1), columns == width ? 4 : 2)
    let down = 4 / across
    var members: [Int32] = []
    for row in stride(from: 0, to: height, by: down) {
      for column in stride(from: 0, to: columns, by: across) {
        for member in 0..<4 {
          let (y, x) = (row + member / across, column + member % across)
          members.append(y < height && x < columns ? Int32(y * columns + x) : -1)
        }
      }
    }
    count = members.count / 4
    self.members = Buffer(members.count)
    for (index, member) in members.enumerated() { self.members.start[index] = member }
  }

  /// The inputs of a quad that exist.
  func inputs(_ quad: Int) -> some Sequence<Int> {
    (0..<4).lazy.map { Int(members.start[4 * quad + $0]) }.filter { $0 >= 0 }
  }

  /// The range from the first to the last input of some quads.
  func span(_ quads: Range<Int>) -> Range<Int> {
    var (first, last) = (Int.max, -1)
    for quad in quads {
      for input in inputs(quad) { (first, last) = (min(first, input), max(last, input)) }
    }
    return last < 0 ? 0..<0 : first..<last + 1
  }

  /// Examples that the usage is estimated from.
  private static let sampleSize = 1024

  /// For each quad, the share of examples in which one of its inputs is not zero; 1 for features.
  func usage(_ dataset: Dataset) -> [Double] {
    guard case .pixels(let bytes, _, _) = dataset.inputs else { return Array(repeating: 1, count: count) }
    let sample = min(Self.sampleSize, dataset.count)
    var counts = Array(repeating: 0, count: count)
    bytes.withUnsafeBytes { memory in
      for index in 0..<sample {
        let start = index * dataset.count / sample * dataset.inputCount
        for quad in counts.indices where inputs(quad).contains(where: { memory[start + $0] != 0 }) { counts[quad] += 1 }
      }
    }
    return counts.map { Double($0) / Double(max(sample, 1)) }
  }
}
