// Selections of a data set's examples and transformations of its pictures.

extension Dataset {
  /// The places of all examples of the named classes, in order. Unless a class is named so itself, `3-5` names the
  /// classes 3, 4 and 5.
  ///
  /// - Throws: `FileError` of kind `badData` if there are no labels, or a class is not known.
  package func places(ofClasses names: [String]) throws -> [Int] {
    let labels = try knownLabels(for: .chooseClasses)
    let wanted = try Set(
      names.flatMap(namesInRange).map { name in
        guard let label = classes.firstIndex(of: name) else {
          throw FileError(.badData, file: source, "has no class '\(name)', but \(classes.joined(separator: ", "))")
        }
        return UInt16(label)
      })
    return labels.indices.filter { wanted.contains(labels[$0]) }
  }

  /// The names of the classes in a range of numbers such as `3-5`; the name alone if it is a class or no such range.
  private func namesInRange(_ name: String) -> [String] {
    let bounds = name.split(separator: "-", omittingEmptySubsequences: false).map { UInt16($0) }
    guard !classes.contains(name), bounds.count == 2, let first = bounds[0], let last = bounds[1], first <= last else {
      return [name]
    }
    return (first...last).map(String.init)
  }

  /// The first `count` places of each class that occurs among `places`, in their order.
  ///
  /// - Throws: `FileError` of kind `badData` if there are no labels, or a class has fewer.
  package func balanced(_ places: [Int], count: Int) throws -> [Int] {
    let labels = try knownLabels(for: .balance)
    var taken: [UInt16: Int] = [:]
    let balanced = places.filter { place in
      taken[labels[place], default: 0] += 1
      return taken[labels[place]]! <= count
    }
    if let (label, found) = taken.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }), found < count {
      throw FileError(
        .badData, file: source, "has only \(found) examples of class \(classes[Int(label)]), not \(count)")
    }
    return balanced
  }

  /// The data set with `offset` added to each label; the classes are named by their new numbers.
  ///
  /// - Throws: `FileError` of kind `badData` if there are no labels, classes have names other than their numbers, or a
  ///   label leaves the range of labels.
  package func offsettingLabels(by offset: Int) throws -> Dataset {
    let labels = try knownLabels(for: .offsetLabels)
    guard classes == classes.indices.map(String.init) else {
      throw FileError(.badData, file: source, "has classes with names, so that an offset has no meaning")
    }
    let offsetLabels = try labels.map { label in
      let (sum, overflows) = Int(label).addingReportingOverflow(offset)
      guard !overflows, let moved = UInt16(exactly: sum) else {
        throw FileError(.badData, file: source, "has a label \(label), which the offset \(offset) takes out of range")
      }
      return moved
    }
    var dataset = Dataset(count: count, inputs: inputs, labels: offsetLabels, scale: scale)
    dataset.source = source
    return dataset
  }

  func knownLabels(for operation: Remedy.Operation) throws -> [UInt16] {
    guard let labels else {
      throw FileError(.badData, file: source, "has no labels", remedy: .omitForLackOfLabels(operation))
    }
    return labels
  }

  /// The data set with inverted pictures: each pixel becomes 255 − pixel.
  ///
  /// - Throws: `FileError` of kind `badData` for features.
  package func inverted() throws -> Dataset {
    try mapPictures(for: .invert) { pixels, rows, columns in (pixels.map { 255 - $0 }, rows, columns) }
  }

  /// The data set with transposed pictures: rows become columns.
  ///
  /// - Throws: `FileError` of kind `badData` for features.
  package func transposed() throws -> Dataset {
    try mapPictures(for: .transpose) { pixels, rows, columns in
      ((0..<pixels.count).map { pixels[$0 % rows * columns + $0 / rows] }, columns, rows)
    }
  }

  /// The data set with pictures of another size: shrunk by the mean over the area of each pixel, enlarged by linear
  /// interpolation.
  ///
  /// - Throws: `FileError` of kind `badData` for features.
  package func resized(_ shape: PictureShape) throws -> Dataset {
    try mapPictures(for: .resize) { pixels, rows, columns in
      let grey = GreyPicture(width: columns, height: rows, values: pixels.map { Float($0) / 255 })
      let resized = grey.resized(width: shape.columns, height: shape.rows)
      return (resized.pixels, shape.rows, shape.columns)
    }
  }

  private func mapPictures(
    for operation: Remedy.Operation, _ transform: ([UInt8], Int, Int) -> (pixels: [UInt8], rows: Int, columns: Int)
  ) throws -> Dataset {
    guard case .pixels(_, let rows, let columns) = inputs else {
      throw FileError(.badData, file: source, "holds features", remedy: .omitForLackOfPictures(operation))
    }
    var (newRows, newColumns) = (rows, columns)
    var builder = BytesBuilder(capacity: inputs.bytes.count)
    for place in 0..<count {
      let example = example(place)
      let picture = transform([UInt8](example), rows, columns)
      (newRows, newColumns) = (picture.rows, picture.columns)
      try builder.append(picture.pixels)
      if place % 4096 == 4095 { inputs.bytes.dropPages() }
    }
    var dataset = Dataset(
      count: count, inputs: .pixels(try builder.finish(), rows: newRows, columns: newColumns), labels: labels,
      scale: scale,
      classes: classes)
    dataset.source = source
    return dataset
  }
}
