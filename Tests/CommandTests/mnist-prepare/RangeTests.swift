import Testing

/// Numbers that are no pixels of 0 to 255, but form pictures.
struct RangeTests {
  private let shell: Shell
  /// Two pictures of 8 x 8.
  private let pixels: [UInt8] = (0..<128).map { $0 % 3 == 0 ? UInt8(clamping: $0 * 2) : 0 }

  init() throws {
    shell = try Shell()
  }

  private func writeTable(_ name: String, _ number: (UInt8) -> String) throws {
    let lines = (0..<2).map { "\($0)," + pixels[64 * $0..<64 * $0 + 64].map(number).joined(separator: ",") }
    try shell.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: name)
  }

  /// The images that mnist-prepare makes, and what it says on standard error.
  private func prepare(_ arguments: String) throws -> (images: PlainSafetensors.Tensor?, errors: String) {
    let result = try shell.run("mnist-prepare \(arguments)")
    #expect(result.status == 0, "\(result.errors)")
    return (try PlainSafetensors(result.outputBytes).tensors["images"], result.errors)
  }

  @Test func zeroAndOne() throws {
    try writeTable("bits.csv") { $0 > 0 ? "1" : "0" }
    try shell.write(Samples.idx(8, [2, 8, 8], pixels.map { $0 > 0 ? 1 : 0 }), to: "bits.idx")
    for name in ["bits.csv", "bits.idx"] {
      let (images, errors) = try prepare(name)
      #expect(images?.bytes == pixels.map { $0 > 0 ? 255 : 0 } && images?.shape == [2, 8, 8])
      #expect(errors.hasPrefix("\(name): pixels are 0 and 1, and become 0 and 255\n"))
      for option in ["--scale 1", "--range none"] {
        #expect(try prepare("\(name) \(option)").images?.bytes == pixels.map { $0 > 0 ? 1 : 0 })
      }
    }
  }

  @Test func sixteen() throws {
    try writeTable("digits.csv") { "\($0 / 16)" }
    let (images, errors) = try prepare("digits.csv")
    #expect(images?.bytes == pixels.map { $0 / 16 })
    #expect(errors.contains("digits.csv: no pixel is greater than 15: --scale 1/15 "))
    #expect(try prepare("digits.csv --scale 1/16").errors == "2 examples of 8 x 8 pixels in 2 classes\n")
    #expect(
      try prepare("digits.csv --range 0:15").images?.bytes
        == pixels.map { UInt8((Double($0 / 16) * 17).rounded()) })
  }

  @Test func unit() throws {
    try writeTable("unit.csv") { "\(Double(Int(Double($0) / 0.255)) / 1000 + ($0 > 0 ? 0.0007 : 0))" }
    let (images, errors) = try prepare("unit.csv")
    #expect(images?.bytes == pixels && images?.shape == [2, 8, 8])
    #expect(errors.hasPrefix("unit.csv: numbers of 0 to 1 become pixels of 0 to 255; --range none keeps"))
    #expect(try prepare("unit.csv --range none").images == nil)
    #expect(try prepare("unit.csv --shape 4x16").images?.shape == [2, 4, 16])
    let sparse = (0..<2).map { row in
      (["\(row)"]
        + (0..<60).filter { pixels[64 * row + $0] > 0 }.map {
          "\($0 + 1):\(Double(pixels[64 * row + $0]) / 255 + 0.0004)"
        })
        .joined(separator: " ")
    }
    try shell.write(Array((sparse.joined(separator: "\n") + "\n").utf8), to: "unit.svm")
    #expect(try prepare("unit.svm").images?.shape == [2, 8, 8])
    #expect(
      try prepare("unit.svm --shape 8x8").images?.bytes
        == pixels.enumerated().map { $0.offset % 64 < 60 ? $0.element : 0 })
  }

  @Test func statedRange() throws {
    try writeTable("signed.csv") { "\(Double($0) / 127.5 - 1)" }
    #expect(try prepare("signed.csv").images == nil)
    for range in ["--range -1:1", "--range=-1:1", "--range -1:1 --shape 8x8"] {
      #expect(try prepare("signed.csv \(range)").images?.bytes == pixels, "\(range)")
    }
    try writeTable("standard.csv") { "\((Double($0) / 255 - 0.1307) / 0.3081)" }
    #expect(try prepare("standard.csv --range -0.42421:2.82149").images?.bytes == pixels)
    expectFailure(
      try shell.run("mnist-prepare standard.csv --range -0.4:2.8"), 65,
      contains: "standard.csv: number 0 of example 0 is -0.424", "out of the range -0.4:2.8")
    expectFailure(
      try shell.run("mnist-prepare signed.csv --shape 8x8"), 65,
      contains: "holds numbers of -1.0 to 0.976", "no pixels of 0 to 255", "--range")
    for range in ["1:-1", "0", "0:nan", "0:inf", "1:1", "a:b"] {
      expectFailure(try shell.run("mnist-prepare signed.csv --range=\(range)"), 64, contains: "--range")
    }
    try shell.write(Array("label,a,b,c\n0,0.5,0.25,1\n1,0.75,0,1\n".utf8), to: "three.csv")
    expectFailure(
      try shell.run("mnist-prepare three.csv --range 0:1"), 65, contains: "3 numbers, which are no square", "--shape")
  }
}
