import NNCore

/// The real MNIST, for tests that are enabled only where the environment says where it is.
enum MNIST {
  private static let folder = getenv("MNIST_DIR").map { String(cString: $0) }
  static let isThere = folder != nil

  /// A part of mnist.pkl.gz.
  static func pickled(_ part: DataPart) throws -> Dataset {
    var reader = DataReader(part: part)
    try reader.add(InputFile(path: (folder ?? "") + "/mnist.pkl.gz"))
    return try reader.dataset()
  }

  /// The data of the IDX files.
  static func idx(_ part: DataPart) throws -> Dataset {
    var reader = DataReader(part: part)
    try reader.add(folder: folder ?? "")
    return try reader.dataset()
  }
}

extension Dataset {
  /// The course's X: an example a column, pixels scaled.
  func columns(_ places: Range<Int>) -> Matrix {
    let table = scale.table
    var X = Matrix(rows: inputCount, columns: places.count)
    for (column, place) in places.enumerated() {
      for row in 0..<inputCount { X[row, column] = table[Int(inputs.bytes[place * inputCount + row])] }
    }
    return X
  }

  /// The course's Y: one-hot columns.
  func answers(_ places: Range<Int>) -> Matrix {
    oneHot(labels![places].map(Int.init), classes: 10)
  }
}

extension DataReader {
  init(part: DataPart?) {
    var options = Options()
    options.part = part
    self.init(options)
  }
}
