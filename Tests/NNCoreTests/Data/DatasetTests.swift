import NNCore
import Testing

@Suite struct DatasetTests {
  private func pixels() -> Dataset {
    var data = Dataset(
      count: 4, inputs: .pixels(Bytes((0..<24).map { UInt8($0) }), rows: 2, columns: 3), labels: [3, 1, 0, 2],
      scale: Scale(numerator: 1, denominator: 256), classes: ["zero", "one", "two", "three"])
    data.source = "here"
    return data
  }

  private func features() -> Dataset {
    let values: [Float] = [0.5, -1, 2, 1e-3, 7, -0.0]
    return Dataset(count: 3, inputs: .features(Bytes(littleEndian: values.map(\.bitPattern)), width: 2), labels: nil)
  }

  private func reread(_ data: Dataset) throws -> Dataset {
    try Dataset(reading: temporaryFile(data.file(tool: "test 1.0")))
  }

  private func expectSame(_ left: Dataset, _ right: Dataset) {
    #expect(left.count == right.count && left.inputs.hasShape(of: right.inputs))
    #expect([UInt8](left.inputs.bytes) == [UInt8](right.inputs.bytes) && left.labels == right.labels)
    #expect(left.scale == right.scale && left.classes == right.classes && left.source == right.source)
  }

  @Test func writtenIsRead() throws {
    expectSame(try reread(pixels()), pixels())
    expectSame(try reread(features()), features())
    let metadata = pixels().file(tool: "test 1.0").metadata
    #expect(metadata["format"] == "nn-data" && metadata["version"] == "1" && metadata["scale"] == "1/256")
    #expect(
      metadata["classes"] == "zero one two three" && metadata["source"] == "here" && metadata["tool"] == "test 1.0")
    let empty = Dataset(count: 0, inputs: .pixels(Bytes([]), rows: 28, columns: 28), labels: [])
    expectSame(try reread(empty), empty)
  }

  @Test func manyClassesHaveWideLabels() throws {
    for (largest, type) in [(255, "U8"), (256, "U16"), (65535, "U16")] {
      let data = Dataset(count: 2, inputs: .pixels(Bytes([1, 2]), rows: 1, columns: 1), labels: [0, UInt16(largest)])
      #expect(data.file(tool: "").tensors["labels"]?.type.rawValue == type)
      expectSame(try reread(data), data)
    }
  }

  @Test func selecting() throws {
    let data = pixels()
    let some = try data.selecting([2, 0, 2])
    #expect(some.count == 3 && some.labels == [0, 3, 0] && some.source == "here" && some.classes == data.classes)
    #expect([UInt8](some.inputs.bytes) == [12, 13, 14, 15, 16, 17, 0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17])
    #expect([UInt8](data.selecting(1..<3).inputs.bytes) == (6..<18).map { UInt8($0) })
    #expect(try data.selecting([]).count == 0 && data.selecting(2..<2).labels == [])
    let last = try features().selecting([2])
    #expect(last.labels == nil && Float(bitPattern: last.inputs.bytes.little(0)) == 7)
  }

  private func file(_ change: (inout Safetensors) -> Void) -> Safetensors {
    var file = pixels().file(tool: "")
    change(&file)
    return file
  }

  private func expectRefused(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ change: (inout Safetensors) -> Void
  ) {
    expectFault(text, sourceLocation: sourceLocation) { try Dataset(reading: temporaryFile(file(change))) }
  }

  @Test func faults() {
    expectRefused("doesn't say its format") { $0.metadata["format"] = nil }
    expectRefused("is a model, not a data file") { $0.metadata["format"] = "nn-model" }
    expectRefused("is of the format 'pt'") { $0.metadata["format"] = "pt" }
    expectRefused("is of version 2") { $0.metadata["version"] = "2" }
    expectRefused("is of version none") { $0.metadata["version"] = nil }
    expectRefused("neither or both") { $0.tensors["images"] = nil }
    expectRefused("neither or both") { $0.tensors["features"] = .init([1, 2, 3, 4], shape: [4, 1]) }
    expectRefused("images are F32 of 3 dimensions") { $0.tensors["images"] = .init([1, 2, 3, 4], shape: [4, 1, 1]) }
    expectRefused("images are U8 of 2 dimensions") {
      $0.tensors["images"] = .init(.u8, shape: [4, 1], bytes: Bytes([1, 2, 3, 4]))
    }
    expectRefused("has examples of no inputs") {
      $0.tensors["images"] = .init(.u8, shape: [4, 0, 3], bytes: Bytes([]))
    }
    expectRefused("has examples of") {
      $0.tensors["images"] = .init(.u8, shape: [0, 1 << 40, 1 << 40], bytes: Bytes([]))
    }
    expectRefused("labels has 3 entries, images 4") {
      $0.tensors["labels"] = .init(.u8, shape: [3], bytes: Bytes([0, 1, 2]))
    }
    expectRefused("labels are U8 of 2") {
      $0.tensors["labels"] = .init(.u8, shape: [4, 1], bytes: Bytes([0, 1, 2, 3]))
    }
    expectRefused("labels are I8 of 1") { $0.tensors["labels"] = .init(.i8, shape: [4], bytes: Bytes([0, 1, 2, 3])) }
    expectRefused("has a label 4, and names 4 classes") {
      $0.tensors["labels"] = .init(.u8, shape: [4], bytes: Bytes([0, 1, 2, 4]))
    }
    for scale in ["", "0", "1/0", "-1/255", "1/255/3", "0.5", "1/", "/1", "one"] {
      expectRefused("metadata 'scale' is '\(scale)'") { $0.metadata["scale"] = scale }
    }
  }

  @Test func scales() {
    #expect(Scale("1/255") == .unit && Scale("3/4")?.description == "3/4" && Scale("2")?.description == "2")
    #expect(Scale.unit.table[255] == 1 && Scale.unit.table[51] == 51.0 / 255)
    #expect(Scale(numerator: 1, denominator: 256).table[128] == 0.5)
    // As great as a file may say.
    #expect(Scale("9223372036854775807")?.table[255] == 255 * 0x1p63)
  }
}
