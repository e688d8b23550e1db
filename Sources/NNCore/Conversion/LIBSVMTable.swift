/// The examples of a file in LIBSVM's sparse format, with their zeros filled in, and their labels.
struct LIBSVMTable {
  let inputs: Dataset.Inputs
  let labels: LabelNames

  /// - Parameters:
  ///   - shape: rows and columns of the pictures, or of the features; nil for the smallest square that has room for the
  ///     largest index, if all values are pixels.
  ///   - limit: limits the memory or disk that the zeros may take.
  ///   - report: is called now and then with the number of bytes that are done.
  /// - Throws: `FileError` of kind `badData` with the line.
  init(
    reading bytes: Bytes, shape: PictureShape?, limit: InflationLimit, of file: InputFile,
    report: (Int) -> Void = { _ in }
  ) throws {
    let extent = try LIBSVM.Extent(bytes, file)
    guard extent.count > 0 else { throw file.malformed("holds no examples") }
    var width = max(extent.maximum - extent.base + 1, 1)
    if let shape {
      guard width <= shape.count else {
        let remedy = Remedy.changeShape(shape: shape.description, count: nil)
        throw file.malformed("has an index \(extent.maximum)", remedy: remedy)
      }
      width = shape.count
    } else if extent.arePixels {
      let side = Int(Double(width).squareRoot().rounded(.up))
      width = side * side
    }
    let (size, overflow) = width.multipliedReportingOverflow(by: extent.count * (extent.arePixels ? 1 : 4))
    guard !overflow, size <= limit.maximum(from: bytes.count) else {
      throw file.malformed(
        "has an index \(extent.maximum): with all zeros, \(limit.refusal(from: bytes.count))",
        at: .line(extent.lineOfMaximum), remedy: .allowMoreInflation)
    }

    var rows = ExampleRows(width: width)
    var labels = LabelNames()
    try LIBSVM.forEachExample(bytes, extent, width: width, report: report) { label, row, line in
      do {
        try labels.append(label)
      } catch {
        throw file.malformed((error as? LabelNames.Fault)?.description ?? "\(error)", at: .line(line))
      }
      try rows.append(row, arePixels: extent.arePixels)
    }
    inputs = try rows.inputs(shape, of: file)
    self.labels = labels
  }
}
