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
