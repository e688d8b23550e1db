import Testing

/// mnist-prepare on IDX files.
struct IDXTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    let digits = Samples.digits(40, seed: 3)
    try shell.write(digits.images, to: "images")
    try shell.write(digits.labels, to: "labels")
  }

  private func prepared(_ arguments: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    -> PlainSafetensors
  {
    let result = try shell.run("mnist-prepare -q \(arguments)")
    #expect(result.status == 0 && result.errors == "", "\(result.errors)", sourceLocation: sourceLocation)
    return try PlainSafetensors(result.outputBytes)
  }

  @Test func dataFile() throws {
    let (file, digits) = (try prepared("images labels"), Samples.digits(40, seed: 3))
    #expect(file.tensors.count == 2)
    #expect(
      file.tensors["images"] == .init(type: "U8", shape: [40, 28, 28], bytes: Array(digits.images.dropFirst(16))))
    #expect(file.tensors["labels"] == .init(type: "U8", shape: [40], bytes: Array(digits.labels.dropFirst(8))))
    #expect(file.metadata["format"] == "nn-data" && file.metadata["version"] == "1")
    #expect(file.metadata["scale"] == "1/255")
    #expect(file.metadata["classes"] == "0 1 2 3 4 5 6 7 8 9")
    #expect(file.metadata["source"] == "images + labels")
    #expect(try #require(file.metadata["tool"]).hasPrefix("mnist-prepare "))
  }

  @Test func orderOfOperandsAndWayOfLabels() throws {
    let expected = try shell.run("mnist-prepare -q images labels").outputBytes
    for arguments in ["labels images", "images --labels labels", "--labels labels images"] {
      #expect(try shell.run("mnist-prepare -q \(arguments)").outputBytes == expected)
    }
  }

  @Test func unlabelled() throws {
    #expect(try prepared("images").tensors.keys.sorted() == ["images"])
  }

  @Test func summaryAndQuiet() throws {
    #expect(try shell.run("mnist-prepare images labels").errors == "40 examples of 28 x 28 pixels in 10 classes\n")
    #expect(try shell.run("mnist-prepare images").errors == "40 examples of 28 x 28 pixels, unlabelled\n")
    #expect(try shell.run("mnist-prepare --quiet images labels").errors == "")
  }

  @Test func severalPairs() throws {
    for (name, count) in [("a", 3), ("b", 5)] {
      let digits = Samples.digits(count, seed: count)
      try shell.write(digits.images, to: "\(name).images")
      try shell.write(digits.labels, to: "\(name).labels")
    }
    let (a, b) = (Samples.digits(3, seed: 3), Samples.digits(5, seed: 5))
    for arguments in ["a.images a.labels b.images b.labels", "b.labels a.images a.labels b.images"] {
      let file = try prepared(arguments)
      #expect(file.tensors["images"]?.shape == [8, 28, 28])
      #expect(file.tensors["images"]?.bytes == Array(a.images.dropFirst(16) + b.images.dropFirst(16)))
      #expect(file.tensors["labels"]?.bytes == Array(a.labels.dropFirst(8) + b.labels.dropFirst(8)))
    }
    // Data files join in too, and pairs of one count go by their order.
    try shell.output(of: "mnist-prepare -q b.images b.labels -o b.safetensors")
    #expect(try prepared("a.images a.labels b.safetensors").tensors["images"]?.shape == [8, 28, 28])
    try shell.output(of: "mnist-prepare -q a.images a.labels -o a.safetensors")
    #expect(try prepared("images images labels labels").tensors["labels"]?.shape == [80])
    expectFailure(try shell.run("mnist-prepare a.images b.safetensors"), 65, contains: "can't be joined")
  }

  @Test func countsThatDiffer() throws {
    try shell.write(Samples.idx(8, [6, 1, 1], Array(0..<6)), to: "six")
    try shell.write(Samples.idx(8, [5], Array(0..<5)), to: "five")
    for arguments in ["six five", "five six", "six --labels five"] {
      expectFailure(try shell.run("mnist-prepare \(arguments)"), 65, contains: "five: labels has 5 entries, images 6")
    }
    expectFailure(try shell.run("mnist-prepare five"), 65, contains: "five: holds 5 labels", "no images")
    expectFailure(try shell.run("mnist-prepare images labels six"), 65, contains: "six: ")
    expectFailure(try shell.run("mnist-prepare images labels five"), 65, contains: "five: ")
    expectFailure(try shell.run("mnist-prepare images six"), 65, contains: "examples of 1 x 1 pixels, unlike images")
  }

  /// The values 0…119, in each element type.
  private static let types: [(type: UInt8, bytes: @Sendable (UInt8) -> [UInt8])] = [
    (8, { [$0] }), (9, { [$0] }), (11, { [0, $0] }), (12, { [0, 0, 0, $0] }),
    (13, { Samples.bigEndian(Float($0).bitPattern) }), (14, { Samples.bigEndian(Double($0).bitPattern) }),
  ]

  @Test func allElementTypesHoldTheSamePixels() throws {
    let (pixels, labels) = (Array(UInt8(0)..<120), Array(UInt8(0)..<20))
    var files: [[UInt8]] = []
    for (type, bytes) in Self.types {
      try shell.write(Samples.idx(type, [20, 2, 3], pixels.flatMap(bytes)), to: "pixels")
      try shell.write(Samples.idx(type, [20], labels.flatMap(bytes)), to: "answers")
      files.append(try shell.run("mnist-prepare -q pixels answers").outputBytes)
    }
    #expect(try PlainSafetensors(files[0]).tensors["images"] == .init(type: "U8", shape: [20, 2, 3], bytes: pixels))
    #expect(try PlainSafetensors(files[0]).tensors["labels"] == .init(type: "U8", shape: [20], bytes: labels))
    #expect(files.allSatisfy { $0 == files[0] })
  }

  @Test(arguments: [255, 256])
  func fractionsArePixels(_ denominator: Int) throws {
    for isDouble in [false, true] {
      let bytes = (0...255).flatMap { level in
        let value = Double(level) / Double(denominator)
        return isDouble ? Samples.bigEndian(value.bitPattern) : Samples.bigEndian(Float(value).bitPattern)
      }
      try shell.write(Samples.idx(isDouble ? 14 : 13, [4, 64], bytes), to: "floats")
      let file = try prepared("floats")
      #expect(file.tensors["images"] == .init(type: "U8", shape: [4, 8, 8], bytes: Array(0...255)))
      #expect(file.metadata["scale"] == "1/\(denominator)")
    }
  }

  @Test func realNumbersAreFeatures() throws {
    let values: [Float] = [0.1, -2, 1e-30, 3.5e10, 255.5, 0]
    try shell.write(Samples.idx(13, [2, 3], values.flatMap { Samples.bigEndian($0.bitPattern) }), to: "floats")
    #expect(
      try prepared("floats").tensors == ["features": .init(type: "F32", shape: [2, 3], bytes: Samples.floats(values))])
    try shell.write(Samples.idx(14, [2, 3], values.flatMap { Samples.bigEndian(Double($0).bitPattern) }), to: "floats")
    #expect(
      try prepared("floats").tensors == ["features": .init(type: "F32", shape: [2, 3], bytes: Samples.floats(values))])
    try shell.write(Samples.idx(9, [2, 3], [0, 1, 2, 3, 4, 0xff]), to: "signed")
    #expect(try prepared("signed").tensors["features"]?.floats == [0, 1, 2, 3, 4, -1])
    try shell.write(Samples.idx(11, [1, 2], [1, 0, 0, 0]), to: "shorts")
    #expect(try prepared("shorts").tensors["features"]?.floats == [256, 0])
    for strange in [Double.nan, .infinity, 1e300] {
      try shell.write(
        Samples.idx(14, [1, 2], Samples.bigEndian(0.5.bitPattern) + Samples.bigEndian(strange.bitPattern)), to: "odd")
      expectFailure(try shell.run("mnist-prepare odd"), 65, contains: "odd: number 1 is not finite")
    }
  }

  @Test func shapes() throws {
    for (shape, expected) in [
      ([2, 4], [2, 2, 2]), ([2, 3], [2, 1, 3]), ([2, 3, 4, 1], [2, 3, 4]), ([2, 1, 3, 4], [2, 3, 4]),
      ([2, 3, 4, 3], [2, 3, 4]), ([2, 3, 4, 4], [2, 4, 4]), ([2, 3, 3, 4], [2, 3, 3]), ([2, 16, 1], [2, 4, 4]),
      ([2, 9, 1], [2, 9, 1]),
    ] {
      try shell.write(Samples.idx(8, shape, Array(repeating: 7, count: shape.reduce(1, *))), to: "shaped")
      #expect(try prepared("shaped").tensors["images"]?.shape == expected)
    }
    try shell.write(Samples.idx(8, [2, 5, 4, 5], Array(repeating: 7, count: 200)), to: "strange")
    expectFailure(try shell.run("mnist-prepare strange"), 65, contains: "strange: images have shape [2, 5, 4, 5]")
    try shell.write(Samples.idx(8, [2, 0, 4], []), to: "thin")
    expectFailure(try shell.run("mnist-prepare thin"), 65, contains: "thin: has examples of no inputs")
    try shell.write(Samples.idx(8, [0, 28, 28], []), to: "none")
    expectFailure(try shell.run("mnist-prepare none"), 65, contains: "none: holds no examples")
  }

  @Test func labels() throws {
    try shell.write(Samples.idx(8, [3, 1, 1], [1, 2, 3]), to: "three")
    try shell.write(Samples.idx(8, [3, 1], [7, 8, 9]), to: "column")
    #expect(try prepared("three --labels column").tensors["labels"] == .init(type: "U8", shape: [3], bytes: [7, 8, 9]))
    try shell.write(Samples.idx(11, [3], [0, 0, 1, 44, 0, 1]), to: "many")
    let file = try prepared("three many")
    #expect(file.tensors["labels"] == .init(type: "U16", shape: [3], bytes: [0, 0, 44, 1, 1, 0]))
    #expect(file.metadata["classes"]?.split(separator: " ").count == 301)
    for (type, bytes) in [(UInt8(13), Samples.bigEndian(Float(0.5).bitPattern)), (9, [0xff]), (12, [0, 1, 0, 0])] {
      try shell.write(Samples.idx(type, [3], bytes + bytes + bytes), to: "odd")
      expectFailure(try shell.run("mnist-prepare three odd"), 65, contains: "odd: label 0 is ", "not a whole number")
    }
    expectFailure(try shell.run("mnist-prepare three --labels images"), 65, contains: "images: ")
  }

  @Test func damage() throws {
    let sound = try shell.read("images")
    let cases: [(bytes: [UInt8], message: String)] = [
      (Array(sound.dropLast()), "31359 are there"), (Array(sound.prefix(17)), "1 are there"),
      (Array(sound.prefix(15)), "the header ends early"), (Array(sound.prefix(4)), "the header ends early"),
      (sound + [0], "byte 31376: IDX: bytes follow"),
      ([0, 0, 7, 3] + sound.dropFirst(4), "byte 2: IDX: unknown element type 7"),
      ([0, 0, 10, 3] + sound.dropFirst(4), "unknown element type 10"), ([0, 0, 8, 0], "byte 3: IDX: 0 dimensions"),
      ([0, 0, 8, 9] + sound.dropFirst(4), "9 dimensions"), ([0, 1] + sound.dropFirst(2), "no known form"),
      ([8, 3] + sound.dropFirst(2), "no known form"), (Array("hello".utf8), "no known form"), ([0], "no known form"),
      (Samples.idx(8, [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1]), "the sizes overflow"),
      (Samples.idx(14, [0x7fff_ffff, 0x7fff_ffff], [1]), "the sizes overflow"),
      (Samples.idx(8, [0xffff_ffff, 28, 28], [1]), "1 are there"),
    ]
    for (bytes, message) in cases {
      try shell.write(bytes, to: "broken")
      expectFailure(try shell.run("mnist-prepare broken labels"), 65, contains: "broken: ", message)
      expectFailure(try shell.run("cat broken | mnist-prepare - labels"), 65, contains: "standard input: ", message)
    }
  }

  @Test func wrongFrom() throws {
    try shell.output(of: "mnist-prepare -q images labels -o data.safetensors")
    for (format, file) in [
      ("pickle", "images"), ("safetensors", "images"), ("idx", "data.safetensors"), ("pickle", "data.safetensors"),
    ] {
      expectFailure(try shell.run("mnist-prepare --from \(format) \(file)"), 65, contains: "\(file): ")
    }
    let expected = try shell.read("data.safetensors")
    #expect(try shell.run("mnist-prepare -q --from idx images labels").outputBytes == expected)
    #expect(try shell.run("mnist-prepare -q --from safetensors data.safetensors").outputBytes == expected)
  }
}
