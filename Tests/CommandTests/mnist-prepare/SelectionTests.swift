import Testing

/// Which examples mnist-prepare takes, in which order and scale.
struct SelectionTests {
  private let shell: Shell

  /// Each example's one pixel is its place.
  init() throws {
    shell = try Shell()
    try shell.write(Samples.idx(8, [100, 1, 1], Array(0..<100)), to: "places")
    try shell.write(Samples.idx(8, [100], (0..<100).map { $0 / 10 }), to: "tens")
  }

  private func places(_ arguments: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [UInt8] {
    let result = try shell.run("mnist-prepare -q places tens \(arguments)")
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    let file = try PlainSafetensors(result.outputBytes)
    let places = file.tensors["images"]?.bytes ?? []
    #expect(file.tensors["images"]?.shape == [places.count, 1, 1], sourceLocation: sourceLocation)
    #expect(file.tensors["labels"]?.bytes == places.map { $0 / 10 }, sourceLocation: sourceLocation)
    return places
  }

  @Test func skipAndTake() throws {
    #expect(try places("--skip 7") == Array(7..<100))
    #expect(try places("--take 7") == Array(0..<7))
    #expect(try places("--skip 90 --take 7") == Array(90..<97))
    #expect(try places("--skip 90 --take 70") == Array(90..<100))
    #expect(try places("--skip 0 --take 9223372036854775807") == Array(0..<100))
    #expect(try places("--skip 9 --take 9223372036854775807") == Array(9..<100))
    expectFailure(try shell.run("mnist-prepare places --skip 100"), 65, contains: "leaves none of 100 examples")
    expectFailure(try shell.run("mnist-prepare places --skip 9223372036854775807"), 65, contains: "leaves none")
  }

  @Test func shuffle() throws {
    let shuffled = try places("--shuffle")
    #expect(shuffled != Array(0..<100) && shuffled.sorted() == Array(0..<100))
    #expect(try places("--shuffle --seed 1") == shuffled)
    #expect(try places("--shuffle --seed 2") != shuffled)
    #expect(try places("--shuffle --skip 10 --take 20") == Array(shuffled[10..<30]))
    // As numpy.random.RandomState(1).shuffle has it.
    #expect(shuffled.prefix(8) == [80, 84, 33, 81, 93, 17, 36, 82])
  }

  @Test func splitByShares() throws {
    for (split, ends) in [("80%:20%", [80, 100]), ("50%:25%", [50, 75]), ("33.3%:33.3%:33.4%", [33, 67, 100])] {
      let outputs = ends.indices.map { "part\($0)" }
      let options = outputs.map { "-o \($0)" }.joined(separator: " ")
      try shell.output(of: "mnist-prepare -q places tens --to safetensors --split \(split) \(options)")
      var start = 0
      for (output, end) in zip(outputs, ends) {
        let bytes = try PlainSafetensors(shell.run("cat \(output)").outputBytes).tensors["images"]?.bytes
        #expect(bytes == (start..<end).map(UInt8.init), "\(split)")
        start = end
      }
    }
    for split in ["80%:30%", "80%:20", "-1%:100%", "80%"] {
      expectFailure(try shell.run("mnist-prepare places tens --split \(split) -o a -o b"), 64, contains: "--split")
    }
  }

  @Test func rangesOfClasses() throws {
    #expect(try places("--classes 3-5") == Array(30..<60))
    #expect(try places("--classes 0,3-4,9") == Array(0..<10) + Array(30..<50) + Array(90..<100))
    expectFailure(try shell.run("mnist-prepare places tens --classes 8-10"), 65, contains: "has no class '10'")
    expectFailure(try shell.run("mnist-prepare places tens --classes 5-3"), 65, contains: "has no class '5-3'")
  }

  @Test func labelOffset() throws {
    try shell.write(Samples.idx(8, [100], (0..<100).map { $0 / 10 + 1 }), to: "from1")
    try shell.output(of: "mnist-prepare -q places from1 -o from1.safetensors; nn-init 1 10 -o model.safetensors")
    expectFailure(
      try shell.run("nn-eval --data from1.safetensors model.safetensors"), 65,
      contains: "labels seem to start at 1", "--label-offset -1")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q places from1 --label-offset -1").outputBytes)
    #expect(file.tensors["labels"]?.bytes == (0..<100).map { $0 / 10 })
    #expect(file.metadata["classes"] == "0 1 2 3 4 5 6 7 8 9")
    expectFailure(
      try shell.run("mnist-prepare places tens --label-offset -1"), 65, contains: "has a label 0", "out of range")
  }

  @Test func classesAndBalance() throws {
    #expect(try places("--classes 3,7") == Array(30..<40) + Array(70..<80))
    #expect(try places("--classes 3,7 --skip 5 --take 6") == Array(35..<40) + [70])
    #expect(try places("--classes '3, 7' --take 1") == [30])
    for list in ["''", "','", "' '"] {
      expectFailure(try shell.run("mnist-prepare places tens --classes \(list)"), 64, contains: "--classes takes names")
    }
    #expect(
      try places("--balance 2") == [0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61, 70, 71, 80, 81, 90, 91])
    let shuffled = try places("--shuffle --balance 3 --classes 0,9")
    #expect(shuffled.count { $0 < 10 } == 3 && shuffled.count { $0 >= 90 } == 3 && shuffled != shuffled.sorted())
    expectFailure(
      try shell.run("mnist-prepare places tens --balance 11"), 65, contains: "only 10 examples of class 0, not 11")
    expectFailure(try shell.run("mnist-prepare places tens --classes 3,x"), 65, contains: "no class 'x'")
    expectFailure(try shell.run("mnist-prepare places --classes 3"), 65, contains: "no labels")
    expectFailure(try shell.run("mnist-prepare places --balance 3"), 65, contains: "no labels")
  }

  @Test func outputsThatAreOneFile() throws {
    try shell.output(of: "mkdir folder; ln -s folder link")
    for outputs in [
      "-o a -o ./a", "-o folder/a -o link/a", "-o a -o \"$PWD/a\"", "-o a.idx -o a-labels.idx",
      "-o folder/new/ -o folder/new",
      "--to npy -o a-labels -o a",
    ] {
      let result = try shell.run("mnist-prepare places tens --split 60:30 \(outputs)")
      expectFailure(result, 64, contains: "name the same file")
    }
    #expect(try shell.names == ["folder", "link", "places", "tens"])
  }

  /// What would take gigabytes for each picture is refused at once.
  @Test func resizeOfTooMany() throws {
    let result = try shell.run("mnist-prepare places tens --resize 60000x60000")
    expectFailure(result, 64, contains: "more than the 100000000 pixels that --max-pixels allows")
  }

  @Test func split() throws {
    try shell.output(of: "mnist-prepare -q places tens --shuffle --split 60:30 -o a.safetensors -o b.csv")
    let a = try PlainSafetensors(shell.read("a.safetensors"))
    let b = try PlainSafetensors(shell.run("mnist-prepare -q b.csv").outputBytes)
    let shuffled = try places("--shuffle")
    #expect(a.tensors["images"]?.bytes == Array(shuffled[..<60]) && a.tensors["labels"]?.shape == [60])
    #expect(b.tensors["images"]?.bytes == Array(shuffled[60..<90]))
    #expect(
      try shell.run("mnist-prepare places --split 1:2 -o a.npy -o c").errors == """
        a.npy: 1 examples of 1 x 1 pixels, unlabelled
        c: 2 examples of 1 x 1 pixels, unlabelled

        """)
    expectFailure(
      try shell.run("mnist-prepare places --split 60:41 -o d -o e"), 65, contains: "60 + 41 examples of 100")
    #expect(try !shell.names.contains("d"))
  }

  @Test func pictures() throws {
    try shell.write(Samples.idx(8, [1, 2, 4], [0, 100, 10, 20, 200, 255, 30, 41]), to: "picture")
    func pixels(_ arguments: String) throws -> PlainSafetensors.Tensor? {
      try PlainSafetensors(shell.run("mnist-prepare -q picture \(arguments)").outputBytes).tensors["images"]
    }
    #expect(try pixels("--invert")?.bytes == [255, 155, 245, 235, 55, 0, 225, 214])
    #expect(
      try pixels("--transpose") == .init(type: "U8", shape: [1, 4, 2], bytes: [0, 200, 100, 255, 10, 30, 20, 41]))
    #expect(try pixels("--transpose --resize 2x1")?.bytes == [139, 25])
    // Means of four: 138.75 and 25.25.
    #expect(try pixels("--resize 1x2") == .init(type: "U8", shape: [1, 1, 2], bytes: [139, 25]))
    #expect(try pixels("--resize 2x4 --invert --scale 1/256")?.bytes == [255, 155, 245, 235, 55, 0, 225, 214])
    #expect(try pixels("--resize 4x8")?.shape == [1, 4, 8])
  }

  @Test func describe() throws {
    let table = try shell.output(of: "mnist-prepare places tens --take 12 --describe")
    #expect(
      table == """
        source\tplaces + tens [0..<12]
        examples\t12
        type\tU8
        rows\t1
        columns\t1
        scale\t1/255
        density\t0.9166666666666666
        minimum\t0
        maximum\t11
        mean\t5.5
        duplicates\t0
        labelled\tyes
        class 0\t10
        class 1\t2

        """)
    try shell.output(of: "mnist-prepare -q places --skip 95 -o end.safetensors")
    let shared = try shell.output(of: "mnist-prepare places places --describe --against end.safetensors")
    #expect(shared.contains("duplicates\t100\nshared\t10\nlabelled\tno\n"))
    let json = try shell.output(of: "mnist-prepare places tens --describe --json -o told; cat told")
    #expect(json.hasPrefix(#"{"source":"places + tens","examples":100,"type":"U8","rows":1,"#))
    #expect(
      json.hasSuffix(
        #""labelled":"yes","class":{"0":10,"1":10,"2":10,"3":10,"4":10,"5":10,"6":10,"7":10,"8":10,"9":10}}"# + "\n"))
  }

  @Test func scale() throws {
    for (argument, stored) in [("1/256", "1/256"), ("1", "1"), ("2/510", "2/510"), ("1/255", "1/255")] {
      let bytes = try shell.run("mnist-prepare -q places tens --scale \(argument)").outputBytes
      #expect(try PlainSafetensors(bytes).metadata["scale"] == stored)
    }
    try shell.output(of: "mnist-prepare -q places tens --scale 1/256 -o other.safetensors")
    #expect(
      try PlainSafetensors(shell.run("mnist-prepare -q other.safetensors").outputBytes).metadata["scale"] == "1/256")
    expectFailure(
      try shell.run("mnist-prepare places tens other.safetensors"), 65, contains: "1/256", "can't be joined")
  }

  @Test func classNamesStay() throws {
    try shell.write(
      Samples.safetensors(
        metadata: ["format": "nn-data", "version": "1", "classes": "cat dog"],
        [("images", "U8", [3, 1, 1], [1, 2, 3]), ("labels", "U8", [3], [0, 1, 0])]), to: "pets.safetensors")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q pets.safetensors --take 1").outputBytes)
    #expect(file.metadata["classes"] == "cat dog")
  }
}
