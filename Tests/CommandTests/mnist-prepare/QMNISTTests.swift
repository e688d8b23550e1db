import Testing

/// NIST's eight columns of labels, the file names of sets like MNIST, and labels from 1.
@Suite struct QMNISTTests {
  private let shell: Shell
  private let digits = Samples.digits(30, seed: 6)
  private var labels: [UInt8] { Array(digits.labels.dropFirst(8)) }

  init() throws {
    shell = try Shell()
    try shell.write(digits.images, to: "images")
    try shell.write(Self.rows(Array(digits.labels.dropFirst(8))), to: "rows")
  }

  /// IDX of rows as QMNIST has them: class, series, writer, number, code, global number, and two that are 0.
  private static func rows(_ labels: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (place, label) in zip(Int32(0)..., labels) {
      let row = [Int32(label), 4, 3600 + place, place, 0x30 + Int32(label), 200_000 + place, 0, 0]
      for number in row { bytes += Samples.bigEndian(number) }
    }
    return Samples.idx(0x0c, [labels.count, 8], bytes)
  }

  @Test func eightColumns() throws {
    for inputs in ["images rows", "rows images", "images --labels rows"] {
      let result = try shell.run("mnist-prepare -q \(inputs)")
      let file = try PlainSafetensors(result.outputBytes)
      #expect(file.tensors["labels"]?.bytes == labels, "\(inputs): \(result.errors)")
      #expect(file.tensors["images"]?.shape == [30, 28, 28])
    }
  }

  /// Other rows of eight numbers are no labels.
  @Test func otherRows() throws {
    let others = Samples.idx(0x0c, [30, 8], (0..<240).flatMap { Samples.bigEndian(Int32($0)) })
    try shell.write(others, to: "others")
    #expect(try shell.run("mnist-prepare -q images others").status == 65)
    expectFailure(
      try shell.run("mnist-prepare -q images --labels others"), 65, contains: "labels have shape [30, 8]")
    // Alone they are examples.
    #expect(try PlainSafetensors(shell.run("mnist-prepare -q others").outputBytes).tensors["labels"] == nil)
  }

  @Test func folders() throws {
    try shell.makeDigits(20, seed: 7, name: "letters")
    try shell.output(
      of: """
        mkdir qmnist emnist two
        for part in train test; do
          gzip -c images >qmnist/qmnist-$part-images-idx3-ubyte.gz; gzip -c rows >qmnist/qmnist-$part-labels-idx2-int.gz
          cp letters.images emnist/emnist-letters-$part-images-idx3-ubyte
          cp letters.labels emnist/emnist-letters-$part-labels-idx1-ubyte
        done
        cp qmnist/* emnist/* two
        """)
    for part in ["train", "test"] {
      let file = try PlainSafetensors(shell.run("mnist-prepare -q qmnist --part \(part)").outputBytes)
      #expect(file.tensors["labels"]?.bytes == labels)
      let letters = try PlainSafetensors(shell.run("mnist-prepare -q emnist --part \(part)").outputBytes)
      #expect(letters.tensors == (try PlainSafetensors(shell.read("letters.safetensors")).tensors))
    }
    expectFailure(
      try shell.run("mnist-prepare two --part test"), 65,
      contains: "two: holds several sets, emnist-letters-test, qmnist-test: name their files")
    // MNIST's own files come first.
    try shell.output(of: "cp letters.images two/t10k-images-idx3-ubyte; cp letters.labels two/t10k-labels-idx1-ubyte")
    #expect(try shell.run("mnist-prepare two --part test").errors.hasPrefix("20 examples"))
    try shell.output(of: "rm qmnist/qmnist-test-labels*")
    expectFailure(try shell.run("mnist-prepare qmnist --part test"), 66, contains: "qmnist: has no qmnist-test-labels")
  }

  /// EMNIST's letters are labelled from 1 to 26.
  @Test func labelsFromOne() throws {
    let letters = (0..<30).map { UInt8($0 % 26 + 1) }
    try shell.write(Samples.idx(8, [30], letters), to: "letters")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q images letters --label-offset -1").outputBytes)
    #expect(file.tensors["labels"]?.bytes == letters.map { $0 - 1 })
    #expect(file.metadata["classes"]?.split(separator: " ").count == 26)
  }
}
