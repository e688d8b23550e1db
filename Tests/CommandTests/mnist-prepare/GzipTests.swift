import Testing

/// Compressed input.
@Suite(.enabled(if: Shell.has("gzip"), "needs gzip"))
struct GzipTests {
  private let shell: Shell
  private let packed: [UInt8]

  init() throws {
    shell = try Shell()
    try shell.makeDigits(50)
    try shell.output(of: "gzip -c data.images >packed")
    packed = try shell.read("packed")
  }

  /// By what is in it, not by its name.
  @Test func isRecognized() throws {
    let expected = try shell.read("data.safetensors")
    try shell.output(
      of: "mkdir packed.d; gzip -c data.images >packed.d/data.images; gzip -c data.labels >packed.d/data.labels")
    #expect(try shell.run("cd packed.d; mnist-prepare -q data.labels data.images").outputBytes == expected)
    try shell.output(of: "gzip -c data.safetensors >whole")
    #expect(try shell.run("mnist-prepare -q whole").outputBytes == expected)
  }

  @Test func severalMembers() throws {
    try shell.output(of: "(head -c 1000 data.images | gzip -c; tail -c +1001 data.images | gzip -9 -c) >members")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q members").outputBytes)
    #expect(file.tensors["images"] == (try PlainSafetensors(shell.read("data.safetensors")).tensors["images"]))
  }

  @Test(arguments: [2, 3, 9, 10, 11, 40, 500])
  func truncated(_ length: Int) throws {
    for bytes in [packed.prefix(length), packed.dropLast(length - 1)] {
      try shell.write(Array(bytes), to: "broken.gz")
      expectFailure(
        try shell.run("mnist-prepare broken.gz"), 65,
        contains: "broken.gz: byte \(bytes.count): the gzip data ends early")
      expectFailure(
        try shell.run("cat broken.gz | mnist-prepare -"), 65, contains: "standard input: byte \(bytes.count): ")
    }
  }

  @Test func damaged() throws {
    for (place, message) in [
      (packed.count - 5, "incorrect data check"), (packed.count - 1, "incorrect length check"), (3, "gzip: "),
    ] {
      var bytes = packed
      bytes[place] ^= 0xff
      try shell.write(bytes, to: "broken")
      expectFailure(try shell.run("mnist-prepare broken"), 65, contains: "broken: byte ", message)
    }
    var bytes = packed
    for place in 300..<340 { bytes[place] ^= 0x55 }
    try shell.write(bytes, to: "broken")
    expectFailure(try shell.run("mnist-prepare broken"), 65, contains: "broken: byte ")
    try shell.write(packed + Array("rubbish".utf8), to: "broken")
    expectFailure(try shell.run("mnist-prepare broken"), 65, contains: "broken: byte ")
  }
}
