import NNCore
import Testing

@Suite struct DataReaderTests {
  private let images = IDXTests.file(8, [3, 2, 2], (0..<12).map { UInt8($0 * 20) })
  private let labels = IDXTests.file(8, [3], [7, 0, 9])

  private func dataset(_ files: [[UInt8]], part: DataPart? = nil) throws -> Dataset {
    var reader = DataReader(part: part)
    for file in files { try reader.add(temporaryFile(file)) }
    return try reader.dataset()
  }

  @Test func imagesAndLabelsInAnyOrder() throws {
    for files in [[images, labels], [labels, images]] {
      let data = try dataset(files)
      #expect(data.count == 3 && data.inputCount == 4 && data.labels == [7, 0, 9] && data.scale == .unit)
      #expect([UInt8](data.inputs.bytes) == (0..<12).map { UInt8($0 * 20) })
      #expect(data.classes == (0...9).map(String.init))
    }
    #expect(try dataset([images]).labels == nil)
  }

  @Test func severalPiecesAreJoined() throws {
    let more = [IDXTests.file(8, [2, 2, 2], Array(repeating: 1, count: 8)), IDXTests.file(8, [2], [12, 1])]
    // Labels go to the images of their count.
    let data = try dataset([images, more[0], more[1], labels])
    #expect(data.count == 5 && data.labels == [7, 0, 9, 12, 1])
    #expect(data.classes.count == 13)
    let again = try dataset([data.file(tool: "test").fileBytes, images, labels])
    #expect(again.count == 8 && again.labels == [7, 0, 9, 12, 1, 7, 0, 9])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let four = IDXTests.file(8, [4], [1, 2, 3, 4])
    expectFault("labels has 4 entries, images 3") { try dataset([images, four]) }
    expectFault("holds 4 labels") { try dataset([images, labels, four]) }
    expectFault("no labels are left") { try dataset([images, labels, images]) }
    expectFault("there are no images") { try dataset([labels]) }
    expectFault("no images were given") { try dataset([]) }
    expectFault("has examples of 2 x 3 pixels") {
      try dataset([images, IDXTests.file(8, [1, 2, 3], [1, 2, 3, 4, 5, 6])])
    }
    let unlabelled = try dataset([images]).file(tool: "test").fileBytes
    expectFault("no labels are left") { try dataset([images, labels, unlabelled]) }
    let labelled = try dataset([images, labels]).file(tool: "test").fileBytes
    expectFault("has no labels, unlike") { try dataset([labelled, unlabelled]) }
    expectFault("has the scale 1/256") {
      let data = try dataset([images, labels])
      var other = data
      other.scale = Scale(numerator: 1, denominator: 256)
      return try dataset([data.file(tool: "").fileBytes, other.file(tool: "").fileBytes])
    }
    expectFault("is empty") { try dataset([[]]) }
    expectFault("is in no known form") { try dataset([Array("Dear reader\n".utf8)]) }
    expectFault("not a whole number of 0 to 65535") {
      try dataset([images, IDXTests.file(0x0d, [3], Array(repeating: 0x3f, count: 12))])
    }
  }

  /// Anybody's safetensors, whose headers needn't be filled up: of 91 and 123 bytes, the first is a bracket or a brace.
  @Test(arguments: [80, 91, 123, 91 + 256])
  func safetensorsWithHeadersOfAnyLength(length: Int) throws {
    let header = #"{"images":{"dtype":"U8","shape":[1,2,2],"data_offsets":[0,4]}}"#
    let bytes =
      Array(withUnsafeBytes(of: UInt64(length).littleEndian) { Array($0) })
      + Array(header.utf8) + Array(repeating: UInt8(ascii: " "), count: length - header.utf8.count) + [1, 2, 3, 4]
    #expect(try [UInt8](dataset([bytes]).inputs.bytes) == [1, 2, 3, 4])
  }

  @Test func labelsOfOtherTypes() throws {
    let words = IDXTests.file(0x0c, [3], [0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0xff, 0xff])
    #expect(try dataset([images, words]).labels == [1, 512, 65535])
    expectFault("label 1 is -1.0, not a whole number") {
      try dataset([images, IDXTests.file(9, [3], [1, 0xff, 2])])
    }
    var column = DataReader()
    try column.add(temporaryFile(images))
    try column.add(temporaryFile(IDXTests.file(8, [3, 1], [4, 5, 6])), onlyLabels: true)
    #expect(try column.dataset().labels == [4, 5, 6])
  }

  @Test func folders() throws {
    for (imageName, labelName) in [
      ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"), ("train-images.idx3-ubyte", "train-labels-idx1-ubyte"),
    ] {
      let folder = try TemporaryFolder()
      try folder.add(imageName, images)
      try folder.add(labelName, labels)
      var reader = DataReader(part: .train)
      try reader.add(folder: folder.path)
      #expect(try reader.dataset().labels == [7, 0, 9])
      expectFault("has no t10k-images-idx3-ubyte.gz", kind: .cannotOpen) {
        var reader = DataReader(part: .test)
        try reader.add(folder: folder.path + "/")
      }
      expectFault("no validation part") {
        var reader = DataReader(part: .validation)
        try reader.add(folder: folder.path)
      }
      expectFault("is a folder", remedy: .chooseTrainOrTest) {
        var reader = DataReader()
        try reader.add(folder: folder.path)
      }
    }
    expectFault("No such file", kind: .cannotOpen) {
      var reader = DataReader(part: .train)
      try reader.add(folder: "/nowhere/at/all")
    }
  }

  /// No example, and sizes that overflow when they are multiplied.
  @Test func emptyDataOfHugeExamples() throws {
    for sizes in [[0, .max, .max], [0, .max, .max, 1], [0, .max], [0, 0, 0]] as [[UInt32]] {
      expectFault("has examples of") { try dataset([IDXTests.file(8, sizes, [])]) }
    }
    #expect(try dataset([IDXTests.file(8, [0, 28, 28], [])]).count == 0)
    #expect(try dataset([IDXTests.file(8, [0, 25000, 25000, 3], [])]).count == 0)
  }

  @Test(.enabled(if: MNIST.isThere, "MNIST_DIR is not set"))
  func theRealFiles() throws {
    let test = try MNIST.idx(.test)
    #expect(test.count == 10_000 && test.inputCount == 784 && test.scale == .unit)
    #expect(test.labels?.prefix(5) == [7, 2, 1, 0, 4])
    // The course's file holds the same pictures.
    let pickled = try MNIST.pickled(.test)
    #expect([UInt8](pickled.inputs.bytes) == [UInt8](test.inputs.bytes) && pickled.labels == test.labels)
    let train = try MNIST.idx(.train)
    let half = try MNIST.pickled(.validation)
    #expect([UInt8](half.inputs.bytes) == [UInt8](train.selecting(50_000..<60_000).inputs.bytes))
  }
}
