import NNCore
import Testing

/// Files of NumPy, scikit-learn, Python's csv and Pillow, see make-conversions.py.
@Suite struct DataFormatTests {
  private static let expected: (pixels: [UInt8], labels: [UInt16]) = {
    guard let figures = try? Fixtures.figures("conversions") else { return ([], []) }
    return (figures["pixels"].items.map { UInt8($0.int) }, figures["labels"].items.map { UInt16($0.int) })
  }()

  private func dataset(_ names: String..., with change: (inout DataReader.Options) -> Void = { _ in }) throws -> Dataset
  {
    var options = DataReader.Options()
    change(&options)
    var reader = DataReader(options)
    for name in names {
      let path = Fixtures.path("conversions/\(name)")
      if Directory.exists(path) { try reader.add(folder: path) } else { try reader.add(InputFile(path: path)) }
    }
    return try reader.dataset()
  }

  /// Expects the pictures at `places` of those that all files hold.
  private func expect(
    _ dataset: Dataset, at places: Range<Int> = 0..<6, isLabelled: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let (pixels, labels) = Self.expected
    #expect(dataset.count == places.count && labels.count == 6, sourceLocation: sourceLocation)
    guard case .pixels(let bytes, 4, 4) = dataset.inputs else {
      Issue.record("not pictures of 4 x 4", sourceLocation: sourceLocation)
      return
    }
    #expect(
      [UInt8](bytes) == Array(pixels[16 * places.lowerBound..<16 * places.upperBound]), sourceLocation: sourceLocation)
    #expect(dataset.labels == (isLabelled ? Array(labels[places]) : nil), sourceLocation: sourceLocation)
  }

  @Test(arguments: ["u1", "flat", "channel", "f4-over-255", "f8-fortran", "i4-big-endian", "version-2", "version-3"])
  func numPy(_ name: String) throws {
    expect(try dataset("\(name).npy"), isLabelled: false)
    expect(try dataset("i8-labels.npy", "\(name).npy"))
  }

  @Test func oneHotLabels() throws {
    func labelled(_ name: String) throws -> Dataset {
      var reader = DataReader()
      try reader.add(Fixtures.file("conversions/u1.npy"))
      try reader.add(Fixtures.file("conversions/\(name)-labels.npy"), onlyLabels: true)
      return try reader.dataset()
    }
    expect(try labelled("one-hot"))
    expectFault("labels have shape [6, 10]") { try labelled("two-hot") }
  }

  @Test func numPyRefused() {
    expectFault("npy: holds Python objects") { try dataset("refuse-objects.npy") }
    expectFault("type '<c8'") { try dataset("refuse-complex.npy") }
  }

  @Test func archives() throws {
    for name in ["stored", "positional", "zip64"] { expect(try dataset("\(name).npz")) }
    expect(try dataset("keras.npz") { $0.part = .train }, at: 0..<3)
    expect(try dataset("keras.npz") { $0.part = .test }, at: 3..<6)
    expect(try dataset("strange.npz") { ($0.imagesKey, $0.labelsKey) = ("ink", "meaning") })
    expect(try dataset("strange.npz") { $0.imagesKey = "ink" }, isLabelled: false)
    expectFault("the archive holds", remedy: .choosePartOf(["train", "test"])) { try dataset("keras.npz") }
    expectFault("no part validation") { try dataset("keras.npz") { $0.part = .validation } }
    expectFault("holds ink, meaning, weather", remedy: .nameArrays) { try dataset("strange.npz") }
    expectFault("no 'paint'") { try dataset("strange.npz") { $0.imagesKey = "paint" } }
    expectFault("without arrays in it (readme.txt)") { try dataset("refuse-text.npz") }
  }

  @Test func declaredSizesAreLimited() throws {
    var bytes = try Fixtures.bytes("conversions/stored.npz")
    let entry = bytes.indices.first { Array(bytes[$0..<min($0 + 4, bytes.count)]) == [0x50, 0x4b, 1, 2] }!
    bytes.replaceSubrange(entry + 24..<entry + 28, with: [0xf0, 0xff, 0xff, 0xff])
    let big = bytes
    func read(_ ratio: Int) throws {
      var options = DataReader.Options()
      options.limit.ratio = ratio
      var reader = DataReader(options)
      try reader.add(temporaryFile(big))
    }
    expectFault("grow to more than", remedy: .allowMoreInflation) { try read(200) }
    // It isn't there, after all.
    expectFault("holds 224 bytes, not 4294967280") { try read(1 << 40) }
  }

  @Test(arguments: ["from-0", "from-1", "comments"])
  func libsvm(_ name: String) throws {
    expect(try dataset("\(name).svm"))
    expect(try dataset("\(name).svm") { $0.shape = PictureShape("4x4") })
    let wide = try dataset("\(name).svm") { $0.shape = PictureShape("5x6") }
    #expect(wide.inputCount == 30 && wide.labels == Self.expected.labels)
    expectFault("has an index", remedy: .changeShape(shape: "3x5", count: nil)) {
      try dataset("\(name).svm") { $0.shape = PictureShape("3x5") }
    }
  }

  @Test func libsvmFeatures() throws {
    let data = try dataset("features.svm")
    #expect(data.labels == [0, 1, 0, 1, 1, 1] && data.classes == ["-1", "1"] && data.inputCount == 16)
    guard case .features(let bytes, _) = data.inputs else {
      Issue.record("not features")
      return
    }
    for (place, pixel) in Self.expected.pixels.enumerated() {
      #expect(Float(bitPattern: bytes.little(4 * place)) == Float(Double(pixel) / 7))
    }
  }

  @Test func tables() throws {
    for name in ["kaggle.csv", "headerless.csv", "last.tsv", "quoted.csv"] { expect(try dataset(name)) }
    for name in ["unlabelled.csv", "square.csv"] { expect(try dataset(name), isLabelled: false) }
    expect(try dataset("kaggle.csv") { $0.labelColumn = .name("label") })
    expect(try dataset("last.tsv") { $0.labelColumn = .number(17) })
    expect(try dataset("square.csv", "i8-labels.npy"))
    expectFault("has no column named 'digit', but label, pixel0") {
      try dataset("kaggle.csv") { $0.labelColumn = .name("digit") }
    }
    expectFault("has no header") { try dataset("headerless.csv") { $0.labelColumn = .name("label") } }
    expectFault("no column 18") { try dataset("kaggle.csv") { $0.labelColumn = .number(18) } }
    // All 17 are numbers then, and make no picture.
    #expect(try dataset("kaggle.csv") { $0.labelColumn = LabelColumn.none }.inputCount == 17)
  }

  @Test func namesOfClasses() throws {
    let data = try dataset("words.csv")
    #expect(data.classes == ["four", "nine", "one", "seven", "zero"] && data.labels == [3, 4, 1, 3, 2, 0])
  }

  @Test func pictures() throws {
    for name in ["classes", "names", "list"] {
      let data = try dataset(name) { $0.treatment = .raw }
      // Those named by their label come in its order.
      let order = name == "names" ? [1, 4, 5, 0, 3, 2] : Array(0..<6)
      #expect(data.labels == order.map { Self.expected.labels[$0] })
      #expect([UInt8](data.inputs.bytes) == order.flatMap { Array(Self.expected.pixels[16 * $0..<16 * $0 + 16]) })
    }
    // Of another size than MNIST's, they go through the normaliser.
    #expect(try dataset("classes").inputCount == 784)
  }

  @Test func sheets() throws {
    let tile = PictureShape("4x4")
    expect(try dataset("sheet.png") { ($0.tile, $0.treatment) = (tile, .raw) }, isLabelled: false)
    expect(try dataset("sheet.png", "i8-labels.npy") { ($0.tile, $0.treatment) = (tile, .raw) })
    expectFault("is of 8 rows and 16 columns, which are no multiples of those of 5x3") {
      try dataset("sheet.png") { $0.tile = PictureShape("5x3") }
    }
  }

  @Test(
    arguments: [
      "u1.npy", "f8-fortran.npy", "keras.npz", "stored.npz", "zip64.npz", "last.tsv", "from-1.svm", "kaggle.csv",
      "quoted.csv", "words.csv", "sheet.png",
    ])
  func damage(_ name: String) throws {
    var options = DataReader.Options()
    options.part = .train
    options.treatment = .raw
    Damage.expectSurvived(try Fixtures.bytes("conversions/\(name)"), corruptions: 10_000, name) { bytes in
      var reader = DataReader(options)
      try reader.add(temporaryFile(bytes))
      _ = try reader.dataset()
    }
  }
}
