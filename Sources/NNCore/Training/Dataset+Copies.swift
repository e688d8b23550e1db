extension Dataset {
  /// The pictures drawn anew: `copies` of each example, one after the other, with its label.
  ///
  /// Copy k is drawn as for step k of training.
  ///
  /// - Throws: `FileError` of kind `badData` for features, or if a temporary file can't be written.
  package func redrawn(_ kind: AugmentationKind, seed: UInt32, copies: Int, pool: WorkerPool) throws -> Dataset {
    guard case .pixels(let bytes, let rows, let columns) = inputs else {
      throw FileError(.badData, file: source, "holds features", remedy: .omitForLackOfPictures(.augment))
    }
    guard let redrawing = kind.redrawing(seed: seed, rows: rows, columns: columns) else { return self }
    let width = rows * columns
    var builder = BytesBuilder(capacity: count * copies * width)
    // As many pictures at a time as make a megabyte.
    let block = max(1, (1 << 20) / max(1, width))
    for start in stride(from: 0, to: count * copies, by: block) {
      let size = min(block, count * copies - start)
      try builder.append(upTo: size * width) { room in
        bytes.withUnsafeBytes { memory in
          pool.split(size) { _, drawings in
            for drawing in drawings {
              let (place, copy) = (start + drawing).quotientAndRemainder(dividingBy: copies)
              let source = UnsafeRawBufferPointer(rebasing: memory[place * width..<(place + 1) * width])
              let target = UnsafeMutableRawBufferPointer(rebasing: room[drawing * width..<(drawing + 1) * width])
              var pixels = target.bindMemory(to: UInt8.self).mutableSpan
              redrawing.draw(source.bindMemory(to: UInt8.self).span, place: place, step: copy + 1, into: &pixels)
            }
          }
        }
        return size * width
      }
      bytes.dropPages()
    }
    var dataset = Dataset(
      count: count * copies, inputs: inputs.replacing(try builder.finish()),
      labels: labels.map { $0.flatMap { repeatElement($0, count: copies) } }, scale: scale, classes: classes)
    dataset.source = source
    return dataset
  }
}
