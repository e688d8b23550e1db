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

  @Test func nameWithoutLabel() throws {
    try shell.output(
      of: """
        mnist-prepare -q train.images --take 3 --to png -o plain; mkdir named
        mv plain/0.png named/7_a.png; mv plain/1.png named/3_b.png; mv plain/2.png named/four.png
        """)
    expectFailure(
      try shell.run("mnist-prepare named"), 65,
      contains: "four.png has no label in its name, but 2 of 3 pictures have one")
  }

  /// What systems leave beside pictures are none, whatever their names say.
  @Test func litter() throws {
    try shell.output(
      of: """
        mnist-prepare -q train.safetensors --to png -o pictures
        mkdir -p pictures/__MACOSX/0 pictures/.trash pictures/1/.ipynb_checkpoints
        for name in __MACOSX/0/._1.png .trash/2.png 1/._3.png 1/.ipynb_checkpoints/4.png .hidden.png .DS_Store; do
          echo junk >pictures/$name
        done
        """)
    let file = try PlainSafetensors(shell.run("mnist-prepare -q --raw pictures").outputBytes)
    #expect(file.tensors == (try PlainSafetensors(shell.read("train.safetensors")).tensors))
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

  /// Lists that name pictures in ways that people have.
  @Test func lists() throws {
    try shell.output(
      of: """
        mnist-prepare -q train.safetensors --take 3 -o first.safetensors
        mnist-prepare -q train.images --take 3 --to png -o list
        """)
    let wanted = try PlainSafetensors(shell.read("first.safetensors")).tensors
    let labels = Samples.digits(30, seed: 1).labels.dropFirst(8).prefix(3).map { $0 }
    for (name, header, line) in [
      ("labels.tsv", "", "NAME.png\tLABEL"), ("labels.csv", "", "NAME.png,LABEL"),
      ("labels.csv", "file,label", "NAME.png,LABEL"),
      ("labels.csv", "label,image", "LABEL,NAME.png"), ("labels.csv", "id,label", "NAME,LABEL"),
      ("labels.tsv", "path\tdigit\tkind", "NAME.png\tLABEL\tpaint"), ("labels.csv", "", "\"NAME.png\",LABEL\r"),
    ] {
      let lines = labels.enumerated().map { line.replacing("NAME", with: "\($0)").replacing("LABEL", with: "\($1)") }
      let text = ([header] + lines).filter { !$0.isEmpty }.joined(separator: "\n") + "\n\n"
      try shell.output(of: "rm -f list/labels.*")
      try shell.write(Array(text.utf8), to: "list/\(name)")
      #expect(try PlainSafetensors(shell.run("mnist-prepare -q --raw list").outputBytes).tensors == wanted, "\(text)")
    }
    try shell.write(Array("9.png,3\n".utf8), to: "list/labels.csv")
    expectFailure(
      try shell.run("mnist-prepare --raw list"), 66, contains: "list/labels.csv: line 1: '9.png' is not there")
    try shell.write(Array("9.png\n".utf8), to: "list/labels.csv")
    expectFailure(try shell.run("mnist-prepare --raw list"), 65, contains: "list/labels.csv: line 1: has 1 fields")
  }

  /// Small files, large ones, links and pipes, all by class.
  @Test func filesOfEveryKind() throws {
    try shell.output(of: "mnist-prepare -q train.images --take 3 --to png -o plain; mkdir all")
    try shell.output(of: "cp plain/0.png all; ln -s ../plain/1.png all/1.png; mkfifo all/2.png")
    let pixels = try PlainSafetensors(shell.run("mnist-prepare -q plain").outputBytes).tensors
    #expect(
      try PlainSafetensors(shell.run("cat plain/2.png >all/2.png & mnist-prepare -q all").outputBytes).tensors == pixels
    )
    // Noise of 600 x 600 is more than is read at once.
    var state: UInt32 = 1
    let noise = (0..<360_000).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    try shell.write(Samples.idx(8, [1, 600, 600], noise), to: "noise.idx")
    try shell.output(
      of: "mnist-prepare -q noise.idx --to png -o noise; mnist-prepare -q noise --raw --to idx -o again.idx")
    #expect(try shell.read("again.idx") == shell.read("noise.idx"))
    #expect(try shell.read("noise/0.png").count > 1 << 16)
  }

  /// A header that promises too much is refused before memory is taken.
  @Test func hugePictures() throws {
    let chunk: [UInt8] = [0x49, 0x48, 0x44, 0x52, 0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff, 8, 2, 0, 0, 0]
    let bytes = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + chunk + Self.checksum(chunk)
    try shell.output(of: "mkdir huge")
    try shell.write(bytes, to: "huge/0.png")
    for operand in ["huge", "huge/0.png", "- <huge/0.png"] {
      let result = try shell.run("ulimit -v 1000000; mnist-prepare \(operand) -o result")
      expectFailure(
        result, 65, contains: "is of 65535 x 65535 pixels, more than the 100000000 that --max-pixels allows")
    }
    expectFailure(try shell.run("mnist-prepare huge --max-pixels 5000000000"), 65, contains: "huge/0.png: ")
    expectFailure(try shell.run("mnist-prepare huge --max-pixels 0"), 64, contains: "--max-pixels")
    try shell.output(of: "mnist-prepare -q train.images --take 1 --to png -o small")
    expectFailure(
      try shell.run("mnist-prepare small --max-pixels 783"), 65,
      contains: "small/0.png: is of 28 x 28 pixels, more than the 783")
  }

  private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
    var sum = UInt32.max
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xedb8_8320 }
    }
    return Samples.bigEndian(~sum)
  }

  /// Pictures of other formats, by what they are.
  @Test func otherPictures() throws {
    try shell.write(Array("GIF89a".utf8), to: "photo.png")
    try shell.write(Array("<svg xmlns='x'>".utf8), to: "it's.svg")
    for (operand, message) in [
      ("photo.png", "photo.png: is a GIF inside, not a PNG or JPEG: convert it with 'convert photo.png photo-conv"),
      ("\"it's.svg\"", "not a PNG or JPEG: convert it with 'rsvg-convert 'it'\\''s.svg' -o 'it'\\''s.png''"),
      (
        "- <photo.png",
        "standard input: is a GIF inside, not a PNG or JPEG: convert it with 'convert picture.gif picture.png'"
      ),
    ] {
      expectFailure(try shell.run("mnist-prepare \(operand)"), 65, contains: message)
    }
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
