import Testing

/// Folders that mnist-prepare reads and writes.
struct FolderTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(30, seed: 1, name: "train")
    try shell.makeDigits(20, seed: 2, name: "test")
  }

  @Test(arguments: ["-", "."], ["", ".gz"])
  func usualNames(_ separator: String, _ suffix: String) throws {
    let pack = suffix.isEmpty ? "cat" : "gzip -c"
    try shell.output(of: "mkdir mnist")
    for (part, prefix) in [("train", "train"), ("test", "t10k")] {
      for (kind, dimensions) in [("images", 3), ("labels", 1)] {
        try shell.output(
          of: "\(pack) \(part).\(kind) >mnist/\(prefix)-\(kind)\(separator)idx\(dimensions)-ubyte\(suffix)")
      }
    }
    for (part, count) in [("train", 30), ("test", 20)] {
      for folder in ["mnist", "mnist/", "./mnist", "\"$PWD/mnist\""] {
        let result = try shell.run("mnist-prepare -q \(folder) --part \(part)")
        #expect(result.status == 0 && result.errors == "")
        let (file, expected) = (
          try PlainSafetensors(result.outputBytes), try PlainSafetensors(shell.read("\(part).safetensors"))
        )
        #expect(file.tensors == expected.tensors)
        #expect(file.tensors["images"]?.shape == [count, 28, 28])
      }
    }
    expectFailure(
      try shell.run("mnist-prepare mnist"), 65, contains: "mnist: is a folder", "--part train or --part test")
    expectFailure(try shell.run("mnist-prepare mnist --part validation"), 65, contains: "mnist: ", "no validation part")
    try shell.run("rm mnist/t10k-labels*")
    expectFailure(try shell.run("mnist-prepare mnist --part test"), 66, contains: "mnist: has no t10k-labels")
  }

  @Test func picturesByClass() throws {
    try shell.output(of: "mnist-prepare -q train.safetensors --to png -o pictures")
    let labels = Samples.digits(30, seed: 1).labels.dropFirst(8)
    let expected = labels.enumerated().map { index, label in "pictures/\(label)/\(index < 10 ? "0" : "")\(index).png" }
    #expect(
      try shell.output(of: "find pictures -type f").split(separator: "\n").map(String.init).sorted()
        == expected.sorted())
    #expect(try shell.read(expected[0]).starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    try shell.output(of: "mnist-prepare -q train.images --take 5 --to png -o plain/")
    #expect(try shell.output(of: "ls -A plain") == "0.png\n1.png\n2.png\n3.png\n4.png\n")
  }

  @Test func picturesWhereSomethingIs() throws {
    try shell.output(of: "mkdir full empty; touch full/file .x; mnist-prepare -q train.images --to png -o empty")
    #expect(try shell.output(of: "ls -A empty | wc -l").contains("30"))
    let before = try shell.names
    expectFailure(try shell.run("mnist-prepare train.images --to png -o full"), 73, contains: "full: ")
    expectFailure(try shell.run("mnist-prepare train.images --to png -o train.labels"), 73, contains: "train.labels: ")
    expectFailure(
      try shell.run("mnist-prepare train.images --to png -o missing/pictures"), 73, contains: "missing/pictures: ")
    try shell.write(Samples.features([[0.5]], labels: nil), to: "features.safetensors")
    expectFailure(
      try shell.run("mnist-prepare features.safetensors --to png -o new"), 65, contains: "holds features, not pictures")
    #expect(try shell.names == (before + ["features.safetensors"]).sorted())
  }

  @Test func classNamesThatAreNoFolders() throws {
    for name in ["../up", ".", "a/b"] {
      try shell.write(
        Samples.safetensors(
          metadata: ["format": "nn-data", "version": "1", "classes": name],
          [("images", "U8", [1, 1, 1], [1]), ("labels", "U8", [1], [0])]), to: "evil.safetensors")
      let before = try shell.names
      expectFailure(
        try shell.run("mnist-prepare evil.safetensors --to png -o new"), 65, contains: "can't be a folder's name")
      #expect(try shell.names == before)
    }
  }
}
