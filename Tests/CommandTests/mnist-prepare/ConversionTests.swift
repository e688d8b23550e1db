import Testing

/// From every form into every other and back: what is 8-bit pixels stays the same, byte for byte.
struct ConversionTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    let digits = Samples.digits(30, seed: 5)
    try shell.write(digits.images, to: "images")
    try shell.write(digits.labels, to: "labels")
    try shell.output(of: "mnist-prepare -q images labels -o first.safetensors")
  }

  /// The files that a form makes of `name`, all of them to be read again.
  private static let forms: [(option: String, files: @Sendable (String) -> [String])] = [
    ("safetensors", { ["\($0).safetensors"] }),
    ("idx", { ["\($0)-images-idx3-ubyte.gz", "\($0)-labels-idx1-ubyte.gz"] }),
    ("idx", { ["\($0).idx", "\($0)-labels.idx"] }), ("npy", { ["\($0).npy", "\($0)-labels.npy"] }),
    ("npz", { ["\($0).npz"] }),
    ("csv", { ["\($0).csv"] }), ("csv", { ["\($0).csv.gz"] }), ("libsvm", { ["\($0).svm"] }),
    ("parquet", { ["\($0).parquet"] }), ("matlab", { ["\($0).mat"] }), ("sheet", { ["\($0).png"] }),
    ("png", { ["\($0)/"] }),
  ]

  private func expectFirst(_ operands: String, _ what: String) throws {
    let got = try PlainSafetensors(shell.run("mnist-prepare -q --raw \(operands)").outputBytes)
    let wanted = try PlainSafetensors(shell.read("first.safetensors"))
    #expect(got.tensors == wanted.tensors, "\(what)")
    #expect(got.metadata["classes"] == wanted.metadata["classes"] && got.metadata["scale"] == "1/255", "\(what)")
  }

  @Test(arguments: forms.indices)
  func everyPair(_ index: Int) throws {
    let (_, files) = Self.forms[index]
    try shell.output(of: "mnist-prepare -q first.safetensors -o \(files("one")[0])")
    let one = files("one").joined(separator: " ")
    for name in files("one") { #expect(try shell.run("test -e \(name)").status == 0, "\(name)") }
    for (option, other) in Self.forms {
      try shell.output(of: "rm -rf two*; mnist-prepare -q --raw \(one) --to \(option) -o \(other("two")[0])")
      try expectFirst(other("two").joined(separator: " "), "\(one) to \(other("two")[0])")
    }
  }

  @Test func pipes() throws {
    for form in ["safetensors", "npz", "csv", "libsvm", "parquet", "matlab", "sheet"] {
      try shell.output(
        of: "mnist-prepare -q first.safetensors --to \(form) | mnist-prepare -q --raw - -o piped.safetensors")
      try expectFirst("piped.safetensors", form)
    }
    for form in ["idx", "npy"] {
      expectFailure(
        try shell.run("mnist-prepare -q first.safetensors --to \(form)"), 64, contains: "labels in a second file",
        "-o FILE")
      let script = "mnist-prepare -q images --to \(form) | mnist-prepare -q - labels -o piped.safetensors"
      try shell.output(of: script)
      try expectFirst("piped.safetensors", form)
    }
  }

  @Test func otherShapes() throws {
    let pixels = (0..<6 * 35).map { UInt8($0 * 37 % 251) }
    try shell.write(Samples.idx(8, [6, 5, 7], pixels), to: "odd")
    try shell.write(Samples.idx(8, [6], [0, 1, 2, 0, 1, 2]), to: "answers")
    try shell.output(of: "mnist-prepare -q odd answers -o first.safetensors")
    for (form, files) in Self.forms {
      try shell.output(of: "rm -rf two*; mnist-prepare -q first.safetensors --to \(form) -o \(files("two")[0])")
      let isFlat = ["csv", "libsvm"].contains(form)
      let option = isFlat ? "--shape 5x7" : ["png", "sheet", "parquet"].contains(form) ? "--raw" : ""
      try expectFirst("\(files("two").joined(separator: " ")) \(option)", form)
    }
  }

  @Test func features() throws {
    let numbers: [Float] = [0.5, -1.25, 3e-9, 1e20, 0, 255, 0.1, 7, 1 / 3]
    try shell.write(
      Samples.features([Array(numbers[..<3]), Array(numbers[3..<6]), Array(numbers[6...])], labels: [2, 0, 1]),
      to: "first.safetensors")
    for (form, files) in Self.forms {
      let result = try shell.run("rm -rf two*; mnist-prepare -q first.safetensors --to \(form) -o \(files("two")[0])")
      guard form != "sheet", form != "png" else {
        expectFailure(result, 65, contains: "features, not pictures")
        continue
      }
      #expect(result.status == 0, "\(result.errors)")
      let got = try PlainSafetensors(shell.run("mnist-prepare -q \(files("two").joined(separator: " "))").outputBytes)
      #expect(got.tensors == (try PlainSafetensors(shell.read("first.safetensors")).tensors), "\(form)")
    }
  }

  /// A part of a split may be empty.
  @Test func noExamples() throws {
    try shell.write(Samples.features([[0.5, 1], [2, 3]], labels: [0, 1]), to: "features.safetensors")
    for source in ["first", "features"] {
      let count = source == "first" ? 30 : 2
      for (form, files) in Self.forms where !["sheet", "png"].contains(form) {
        try shell.output(
          of: "mnist-prepare -q \(source).safetensors --split 0:\(count) -o \(files("none")[0]) -o \(files("all")[0])")
        let result = try shell.run("mnist-prepare \(files("none").joined(separator: " "))")
        #expect([0, 65].contains(result.status), "\(source), \(form): \(result.errors)")
      }
    }
  }

  @Test func sameBytesInEveryRun() throws {
    for name in ["a.npz", "a.csv.gz", "a-images-idx3-ubyte.gz", "a.parquet", "a.mat", "a.png"] {
      try shell.output(of: "mnist-prepare -q first.safetensors -o \(name); cp \(name) before; rm \(name); sleep 1")
      try shell.output(of: "mnist-prepare -q first.safetensors -o \(name) --threads 3; cmp \(name) before")
    }
  }

  @Test func endingsAndNames() throws {
    try shell.output(
      of: "mnist-prepare -q first.safetensors -o t-images.idx3-ubyte; mnist-prepare -q first.safetensors --to npy -o x")
    #expect(
      try shell.names.filter { $0.hasPrefix("t-") || $0.hasPrefix("x") } == [
        "t-images.idx3-ubyte", "t-labels.idx1-ubyte", "x", "x-labels",
      ])
    expectFailure(try shell.run("mnist-prepare images --to libsvm"), 65, contains: "images: has no labels")
    expectFailure(try shell.run("mnist-prepare images -o a.safetensors.gz"), 64, contains: "not written compressed")
    expectFailure(
      try shell.run("mnist-prepare images -o a.tsv"), 64,
      contains: "a.tsv: its ending names a form that is not written", "--to")
    try shell.output(of: "mnist-prepare -q images -o A.CSV; mnist-prepare -q images -o a.csv; cmp A.CSV a.csv")
    try shell.output(of: "mnist-prepare -q images --to csv -o a.tsv; cmp a.tsv a.csv")
    let result = try shell.run("mnist-prepare --describe - --against - <images")
    expectFailure(result, 64, contains: "standard input can be read only once")
  }

  @Test func badTables() throws {
    for (text, line, message) in [
      ("label,a,b\n1,2,3\n1,2\n", 3, "has 2 fields, where the first line has 3"),
      ("1,2,3\n1,2,3,4\n", 2, "has 4 fields"),
      ("1,2,3\n\n1,x,3\n", 3, "field 2 is 'x', not a number"), ("1,2,3\n1,,3\n", 2, "field 2 is empty"),
      ("1,2,3\n,2,3\n", 2, "empty label"), ("1,2\n1.5,2\n", 2, "label '1.5'"), ("1,2\n1,1e39\n", 2, "too large"),
      ("1,2\n1,\"2\n", 2, "not closed"), ("1,2\n1,nan\n", 2, "'nan', not a number"),
      ("1,2\n1,0x10\n", 2, "not a number"),
      ("1 1:2\n2 3:4 2:1\n", 2, "the index 2 comes after 3"), ("1 1:2\n2 x:1\n", 2, "'x:1'"),
      ("1 1:2\n1:2 2:3\n", 2, "has no label"),
      ("1 1:2\n1 2000000000:3\n", 2, "--max-ratio"),
    ] {
      try shell.write(Array(text.utf8), to: "table")
      expectFailure(try shell.run("mnist-prepare table -o result"), 65, contains: "table: line \(line): ", message)
      #expect(try !shell.names.contains("result"))
    }
    try shell.write(Array("\u{feff}1,2".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }), to: "table")
    expectFailure(try shell.run("mnist-prepare table"), 65, contains: "table: byte 0: is text in UTF-16", "iconv")
    try shell.write(Array("plain words and nothing else\n".utf8), to: "table")
    expectFailure(try shell.run("mnist-prepare table"), 65, contains: "table: byte 0: is in no known form")
    try shell.write(Array("label,a\n".utf8), to: "table")
    expectFailure(try shell.run("mnist-prepare table"), 65, contains: "table: holds no examples")
  }

  @Test func tableDialects() throws {
    for text in [
      "7,1,2,3,4\n0,5,6,7,8\n", "7\t1\t2\t3\t4\n0\t5\t6\t7\t8", "\u{feff}label;a;b;c;d\r\n7;1;2;3;4\r\n0;5;6;7;8\r\n",
      "\"label\",\"a,\"\"b\",b,c,d\n\"7\",1,2,3,4\n\n0,\"5\", 6 ,7.0,+8e0\n\n",
      "7 1:1 2:2 3:3 4:4\n0 1:5 2:6 3:7 4:8\n",
      " 7 1  2 3 4 \n0 5 6 7 8\r\n  \n", "7.0e+00 1.0 2 3 4\n   \n0 5 6 7 8",
      ",label,a,b,c,d\n0,7,1,2,3,4\n1,0,5,6,7,8\n",
      "label,a,b,c,d,\n7,1,2,3,4,\n0,5,6,7,8,\n", "# label,a,b,c,d\n7,1,2,3,4\n0,5,6,7,8\n",
      "Unnamed: 0,a,b,c,d,label\nx,1,2,3,4,7\ny,5,6,7,8,0\n", "label,\"a\nb\",b,c,d\n7,1,2,3,4\n0,5,6,7,8\n",
      "Digit Label,a,b,c,d\n7,1,2,3,4\n0,5,6,7,8\n", "7,1,2,3,4,\n0,5,6,7,8,\n",
      "ImageId,label,a,b,c,d\n1,7,1,2,3,4\n2,0,5,6,7,8\n",
      "label a b c d\n7 1 2 3 4\n0 5 6 7 8\n", "\u{feff}7 1:1 2:2 3:3 4:4\n0 1:5 2:6 3:7 4:8\n",
      "# Column indices are zero-based\n7 0:1 1:2 2:3 3:4\n0 0:5 1:6 2:7 3:8\n",
      "7 \t 1:1\t2:2 3:3 4:4 # a comment 1:2\r\n0 qid:3 1:5 2:6 3:7 4:8\r\n",
    ] {
      try shell.write(Array(text.utf8), to: "table")
      let file = try PlainSafetensors(shell.run("mnist-prepare -q table").outputBytes)
      #expect(
        file.tensors["images"] == .init(type: "U8", shape: [2, 2, 2], bytes: [1, 2, 3, 4, 5, 6, 7, 8]), "\(text)")
      #expect(file.tensors["labels"]?.bytes == [7, 0])
    }
    // A line of a label alone is an example of zeros.
    try shell.write(Array("7\n0 3:9\n".utf8), to: "table")
    let sparse = try PlainSafetensors(shell.run("mnist-prepare -q table").outputBytes)
    #expect(sparse.tensors["images"]?.bytes == [0, 0, 0, 0, 0, 0, 9, 0] && sparse.tensors["labels"]?.bytes == [7, 0])
    // One number that is no pixel makes all features, those before it too.
    try shell.write(Array("7,1,2,3,4\n0,5,6,7,8.5\n1,256,0,0,-1\n".utf8), to: "table")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q table").outputBytes)
    let floats = Samples.floats([1, 2, 3, 4, 5, 6, 7, 8.5, 256, 0, 0, -1])
    #expect(file.tensors["features"] == .init(type: "F32", shape: [3, 4], bytes: floats))
    expectFailure(try shell.run("mnist-prepare table --shape 2x2"), 65, contains: "no pixels")
  }

  /// Where the first column says nothing, the labels may be in the last: taken for labels, it would shift all pixels.
  @Test func labelsInTheLastColumn() throws {
    let lines = (0..<10).map { "0,\($0),7,8,\($0 % 3)" }.joined(separator: "\n")
    try shell.write(Array(lines.utf8), to: "table")
    #expect(
      try PlainSafetensors(shell.run("mnist-prepare -q table").outputBytes).tensors["labels"]?.bytes
        == (0..<10).map { UInt8($0 % 3) })
    for (column, labels) in [
      ("last", (0..<10).map { UInt8($0 % 3) }), ("5", (0..<10).map { UInt8($0 % 3) }),
      ("1", Array(repeating: 0, count: 10)),
    ] {
      let file = try PlainSafetensors(shell.run("mnist-prepare -q table --label-column \(column)").outputBytes)
      #expect(file.tensors["labels"]?.bytes == labels, "\(column)")
      #expect(file.tensors["images"]?.shape == [10, 2, 2])
    }
    try shell.write(Array(lines.replacing("\n", with: ",\n").utf8) + Array(",".utf8), to: "table")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q table --label-column last").outputBytes)
    #expect(file.tensors["labels"]?.bytes == (0..<10).map { UInt8($0 % 3) })
    let words = (0..<10).map { "\($0 % 2 == 0 ? "even" : "odd"),\($0),7,8,\($0 % 3)" }.joined(separator: "\n")
    try shell.write(Array(words.utf8), to: "words")
    #expect(
      try PlainSafetensors(shell.run("mnist-prepare -q words").outputBytes).tensors["labels"]?.bytes == [
        0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
      ])
    expectFailure(try shell.run("mnist-prepare table --label-column 0"), 64, contains: "'0' is invalid")
  }

  /// An answer sheet of Kaggle's, and a column that Pandas numbered.
  @Test func tablesOfLabels() throws {
    let labels = try PlainSafetensors(shell.read("first.safetensors")).tensors["labels"]!.bytes
    for header in ["ImageId,Label", "id,label", ",label"] {
      let lines = labels.enumerated().map { "\($0.offset + 1),\($0.element)" }
      try shell.write(Array(([header] + lines).joined(separator: "\n").utf8), to: "answers.csv")
      try expectFirst("images answers.csv", header)
    }
  }

  /// The features of two files are as many, whatever the last that isn't 0.
  @Test func sparseFeaturesOfAShape() throws {
    try shell.write(Array("1 1:0.5 3:0.25\n".utf8), to: "table")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q table --shape 2x3").outputBytes)
    #expect(
      file.tensors["features"] == .init(type: "F32", shape: [1, 6], bytes: Samples.floats([0.5, 0, 0.25, 0, 0, 0])))
  }

  @Test func paddedGzip() throws {
    try shell.output(of: "gzip -c images >padded; gzip -c images >>padded; head -c 1000 /dev/zero >>padded")
    try shell.output(of: "gzip -c images >once; head -c 1000 /dev/zero >>once")
    try expectFirst("once labels", "zeros after the end")
    expectFailure(try shell.run("mnist-prepare padded"), 65, contains: "bytes follow")
    try shell.output(of: "printf x >>once")
    expectFailure(try shell.run("mnist-prepare once labels"), 65, contains: "once: byte ", "gzip")
    expectFailure(
      try shell.run("gzip -c images | gzip >twice; mnist-prepare twice"), 65,
      contains: "twice: is compressed by gzip more than once", "gzip -dc")
  }

  @Test func bombs() throws {
    let result = try shell.run("head -c 100000000 /dev/zero | gzip | tee bomb | mnist-prepare - -o result")
    expectFailure(result, 65, contains: "standard input: gzip: ", "--max-ratio")
    expectFailure(try shell.run("mnist-prepare bomb --max-ratio 2000"), 65, contains: "bomb: ", "IDX")
    #expect(try !shell.names.contains("result"))
  }

  /// What is larger than is held in memory goes by way of temporary files, of which nothing is left.
  @Test func large() throws {
    try shell.output(
      of: """
        mkdir temporary; export TMPDIR=$PWD/temporary
        mnist-prepare -q first.safetensors -o one.csv
        tail -n +2 one.csv >body; head -n 1 one.csv >big.csv
        for i in 1 2 3 4 5 6 7 8 9 10; do cat body body >next; mv next body; done
        cat body body body >>big.csv
        mnist-prepare -q big.csv -o big.safetensors
        mnist-prepare -q - <big.csv | cat >piped.safetensors
        mnist-prepare -q big.safetensors -o again.csv
        cmp big.csv again.csv
        """)
    let described = try shell.output(of: "mnist-prepare big.safetensors --describe")
    #expect(try shell.output(of: "ls -A temporary") == "")
    #expect(described.contains("examples\t92160\n") && described.contains("duplicates\t92130\n"))
    let (one, piped) = (
      try PlainSafetensors(shell.read("big.safetensors")), try PlainSafetensors(shell.read("piped.safetensors"))
    )
    #expect(one.tensors == piped.tensors)
  }
}
