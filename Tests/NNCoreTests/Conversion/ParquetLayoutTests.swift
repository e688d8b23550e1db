import NNCore
import Testing

/// Files of pyarrow, see make-parquet.py.
@Suite struct ParquetLayoutTests {
  private func dataset(
    _ name: String, with change: (inout DataReader.Options) -> Void = { _ in }
  ) throws -> (data: Dataset, notes: [DataNote]) {
    var options = DataReader.Options()
    options.treatment = .raw
    change(&options)
    var reader = DataReader(options)
    try reader.add(Fixtures.file("parquet/\(name).parquet"))
    return (try reader.dataset(), reader.notes)
  }

  private func expectPictures(_ name: String, with change: (inout DataReader.Options) -> Void = { _ in }) throws {
    let figures = try Fixtures.figures("conversions")
    let (data, _) = try dataset(name, with: change)
    guard case .pixels(let bytes, 4, 4) = data.inputs else {
      Issue.record("\(name): \(data.inputs.title)")
      return
    }
    #expect([UInt8](bytes) == figures["pixels"].items.map { UInt8($0.int) }, "\(name)")
    #expect(data.labels == figures["labels"].items.map { UInt16($0.int) }, "\(name)")
  }

  @Test(arguments: ["none", "snappy", "gzip"], ["1", "2"])
  func pictures(_ codec: String, _ version: String) throws {
    for encoding in ["plain", "dictionary"] {
      try expectPictures("pictures-\(codec)-\(version)-\(encoding)")
      try expectPictures("pictures-\(codec)-\(version)-\(encoding)") { options in
        options.pool = { WorkerPool(count: min($0, 3)) }
      }
    }
  }

  @Test(arguments: ["none-1", "none-2", "snappy-1", "snappy-2"])
  func columnsOfNumbers(_ name: String) throws {
    try expectPictures("columns-\(name)")
  }

  @Test func namesOfClasses() throws {
    let names = ["zero", "one", "two", "three", "four", "five", "six", "a_seven", "eight", "nine"]
    #expect(try dataset("names").data.classes == names)
    try expectPictures("names")
  }

  @Test func otherColumns() throws {
    try expectPictures("bare")
    let notes = try dataset("bare").notes
    #expect(notes.map(\.message) == ["columns left out: id"])
    try expectPictures("bare") { $0.labelColumn = .name("digit") }
    try expectPictures("bare") { $0.labelColumn = .number(3) }
    try expectPictures("bare") { $0.labelColumn = .last }
    #expect(try dataset("bare") { $0.labelColumn = .some(.none) }.data.labels == nil)
    #expect(try dataset("bare") { $0.labelColumn = .name("id") }.data.labels == [0, 1, 2, 3, 4, 5])
    try expectPictures("refuse-two") { $0.imagesKey = "image" }
    expectFault("has no column 'paper'") { try dataset("bare") { $0.labelColumn = .name("paper") } }
    expectFault("has no column 4") { try dataset("bare") { $0.labelColumn = .number(4) } }
    expectFault("'digit' holds no pictures") { try dataset("bare") { $0.imagesKey = "digit" } }
  }

  @Test func labelsThatStandForNone() throws {
    #expect(try dataset("no-labels").data.labels == nil)
  }

  @Test func numbersThatAreNoPixels() throws {
    let (data, _) = try dataset("features")
    #expect(data.inputs.title == "2 features" && data.classes == ["a", "b"] && data.labels == [1, 0, 1])
    #expect(try dataset("shares").data.inputs.title == "16 features")
    #expect(try dataset("booleans").notes.map(\.message) == ["pixels are 0 and 1, and become 0 and 255"])
  }

  /// Runs and copies of many lengths.
  @Test func longColumns() throws {
    let (data, _) = try dataset("long")
    let wanted = (0..<3000).flatMap { row -> [UInt8] in
      let (number, turned) = (row / 7 % 256, (2999 - row) / 7 % 256)
      return [UInt8(number), UInt8(turned), UInt8(number * 31 % 256), UInt8(number / 250)]
    }
    #expect([UInt8](data.inputs.bytes) == wanted && data.labels == (0..<3000).map { UInt16($0 / 300) })
  }

  @Test func refusals() {
    for (name, message) in [
      ("zstd", "column label: is compressed by ZSTD, which is not read here: write it with compression \"snappy\""),
      ("no-label", "column label: has no value in row 2"), ("lists", "column p.list.element: holds lists"),
      ("text", "'word' holds neither pictures nor numbers; its columns are word (text), other (text)"),
      ("two", "has several columns of pictures; its columns are image (bytes), image.path (text), mask (bytes)"),
      ("delta", "column p: has the encoding DELTA_BINARY_PACKED, which is not read here"),
      ("no-png", "row 0: is not a PNG"), ("empty", "holds no examples"),
      ("infinite", "column p: row 1: nan is not finite as a 32-bit float"),
    ] {
      expectFault(message) { try dataset("refuse-\(name)") }
    }
  }

  @Test(arguments: [
    "pictures-snappy-1-dictionary", "pictures-gzip-2-dictionary", "pictures-none-2-plain", "columns-snappy-2",
    "features",
  ])
  func damage(_ name: String) throws {
    Damage.expectSurvived(try Fixtures.bytes("parquet/\(name).parquet"), corruptions: 10_000, name) { bytes in
      var options = DataReader.Options()
      options.format = .parquet
      var reader = DataReader(options)
      try reader.add(temporaryFile(bytes))
      _ = try reader.dataset()
    }
  }
}
