import Testing

/// mnist-prepare --augment and --copies.
struct CopiesTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(30)
  }

  @Test func eachExampleIsDrawnSoManyTimes() throws {
    let command = "mnist-prepare -q data.safetensors --augment affine,elastic --copies 4"
    let copies = try PlainSafetensors(shell.run("\(command) --threads 1").outputBytes)
    let labels = Samples.digits(30, seed: 1).labels.dropFirst(8)
    #expect(copies.tensors["images"]?.shape == [120, 28, 28])
    #expect(copies.tensors["labels"]?.bytes == labels.flatMap { Array(repeating: $0, count: 4) })
    #expect(copies.metadata["source"]?.contains(" drawn anew by 1, rotate=15.0 ") == true)
    let images = try #require(copies.tensors["images"]?.bytes)
    let pictures = (0..<120).map { Array(images[784 * $0..<784 * ($0 + 1)]) }
    #expect(Set(pictures).count == 120)
    for threads in [2, 3, 8] {
      let other = try PlainSafetensors(shell.run("\(command) --threads \(threads)").outputBytes)
      #expect(other.tensors == copies.tensors)
    }
    let seeded = try PlainSafetensors(shell.run("\(command) --seed 2").outputBytes)
    #expect(seeded.tensors["images"] != copies.tensors["images"])
  }

  /// Whatever the processor has, the file is the same.
  @Test(arguments: ["baseline", "avx2"]) func instructionSetsMakeNoDifference(_ set: String) throws {
    let command = "mnist-prepare -q data.safetensors --augment affine,elastic,thickness --copies 2"
    let result = try shell.run(command, environment: ["NN_ISA": set])
    guard result.status != 69 else { return }
    #expect(try result.outputBytes == shell.run(command).outputBytes)
  }

  @Test func sheetsAndFolders() throws {
    try shell.output(
      of: """
        mnist-prepare -q data.safetensors --take 3 --augment --copies 5 --columns 5 -o sheet.png
        mnist-prepare -q data.safetensors --take 3 --augment elastic --copies 5 --to png -o folder
        """)
    #expect(try shell.output(of: "find folder -name '*.png' | wc -l").contains("15"))
    let sheet = try PlainSafetensors(shell.run("mnist-prepare -q sheet.png").outputBytes)
    #expect(sheet.tensors["images"]?.shape == [15, 28, 28])
  }

  @Test func whatDoesNotFit() throws {
    for options in ["--copies 3", "--augment --copies 0", "--zoom 0.1", "--augment elastic --rotate 3"] {
      expectFailure(try shell.run("mnist-prepare data.safetensors \(options) -o x"), 64)
    }
    expectFailure(
      try shell.run("mnist-prepare data.safetensors --augment affine --zoom 1 -o x"), 64,
      contains: "--zoom takes a number of 0 to 0.9")
    #expect(try !shell.names.contains("x"))
  }
}
