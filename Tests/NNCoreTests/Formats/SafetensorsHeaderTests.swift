import NNCore
import Testing

/// Each rule of the format, broken.
@Suite struct SafetensorsHeaderTests {
  /// A file of `header`, its true length before it, and `count` bytes after it.
  private func file(_ header: some Collection<UInt8>, data count: Int = 0) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + Array(repeating: 7, count: count)
  }

  private func read(_ bytes: [UInt8]) throws -> Safetensors {
    try Safetensors(Bytes(bytes), of: nowhere())
  }

  private func expectRefused(
    _ text: String, _ header: String, data: Int = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectFault(text, sourceLocation: sourceLocation) { try read(file(header.utf8, data: data)) }
  }

  /// A header of one U8 tensor with the given shape and offsets.
  private func tensor(_ shape: String, _ offsets: String, type: String = "U8") -> String {
    #"{"a":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  @Test func length() {
    expectFault("is empty") { try read([]) }
    expectFault("is too short") { try read([2, 0, 0, 0, 0, 0, 0]) }
    expectFault("the header should take 8 bytes") { try read([8, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)) }
    expectFault("longer than 100 MB") {
      try read(withUnsafeBytes(of: UInt64(100_000_001).littleEndian) { Array($0) } + [0x7b])
    }
    expectFault("longer than 100 MB") { try read(Array(repeating: 0xff, count: 8) + Array("{}".utf8)) }
    expectFault("doesn't start with '{'") { try read(file([])) }
  }

  @Test func text() {
    expectRefused("doesn't start with '{'", " {}")
    expectRefused("doesn't start with '{'", "[]")
    expectRefused("safetensors header", "{\"a\":")
    expectRefused("something follows", "{} {}")
    expectFault("UTF-8") { try read(file(Array("{\"".utf8) + [0xff] + Array("\":1}".utf8))) }
    expectRefused("stands twice", #"{"__metadata__":{},"__metadata__":{}}"#)
    expectRefused("stands twice", String(tensor("[0]", "[0,0]").dropLast()) + "," + tensor("[0]", "[0,0]").dropFirst())
    expectRefused("stands twice", #"{"__metadata__":{"x":"1","x":"1"}}"#)
    expectRefused("stands twice", #"{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#)
  }

  @Test func metadata() {
    expectRefused("is not an object", #"{"__metadata__":[]}"#)
    expectRefused("is not an object", #"{"__metadata__":null}"#)
    expectRefused("metadata 'x' is not a string", #"{"__metadata__":{"x":1}}"#)
    expectRefused("metadata 'x' is not a string", #"{"__metadata__":{"y":"","x":null}}"#)
  }

  @Test func descriptions() {
    expectRefused("is not described by an object", #"{"a":1}"#)
    expectRefused("has no dtype", #"{"a":{"shape":[0],"data_offsets":[0,0]}}"#)
    expectRefused("has no shape", #"{"a":{"dtype":"U8","data_offsets":[0,0]}}"#)
    expectRefused("has no data_offsets", #"{"a":{"dtype":"U8","shape":[0]}}"#)
    expectRefused("unknown field 'x'", #"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":1}}"#)
    for type in ["u8", "F128", "", "U8 ", "FLOAT"] {
      expectRefused("unknown dtype", tensor("[0]", "[0,0]", type: type))
    }
    for shape in [
      "1", "\"1\"", "[1.0]", "[-1]", "[1e0]", "[\"1\"]", "[null]", "[[1]]", "[99999999999999999999]", "[-0]",
    ] {
      expectRefused("has no shape", tensor(shape, "[0,1]"), data: 1)
    }
    for offsets in ["0", "[0]", "[0,1,1]", "[1,0]", "[-1,0]", "[0.0,1]", "[0,99999999999999999999]"] {
      expectRefused("has no data_offsets", tensor("[1]", offsets), data: 1)
    }
  }

  @Test func sizes() {
    expectRefused("takes 2 bytes by its shape and 1", tensor("[2]", "[0,1]"), data: 1)
    expectRefused("takes 1 bytes by its shape and 4", tensor("[]", "[0,4]"), data: 4)
    expectRefused("takes 8 bytes by its shape and 2", tensor("[2]", "[0,2]", type: "F32"), data: 2)
    expectRefused("too large to count", tensor("[9223372036854775807]", "[0,1]"), data: 1)
    expectRefused("too large to count", tensor("[4294967296,4294967296]", "[0,0]"))
    expectRefused("too large to count", tensor("[9223372036854775807,2,0]", "[0,0]"))
    expectRefused("too large to count", tensor("[1]", "[0,1]", type: "F4"), data: 1)
  }

  /// Tensors of U8 in a row, `(name, start, end)`.
  private func header(_ tensors: [(String, Int, Int)]) -> String {
    let members = tensors.map { name, start, end in
      #""\#(name)":{"dtype":"U8","shape":[\#(end - start)],"data_offsets":[\#(start),\#(end)]}"#
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  @Test func places() throws {
    expectRefused("'b' leaves a hole", header([("a", 0, 2), ("b", 3, 4)]), data: 4)
    expectRefused("'a' leaves a hole", header([("a", 1, 2)]), data: 2)
    expectRefused("'b' overlaps", header([("a", 0, 2), ("b", 1, 3)]), data: 3)
    expectRefused("overlaps", header([("a", 0, 2), ("b", 0, 2)]), data: 2)
    expectRefused("overlaps", header([("a", 0, 4), ("b", 1, 2), ("c", 4, 5)]), data: 5)
    expectRefused("bytes follow the last tensor", header([("a", 0, 2)]), data: 3)
    expectRefused("bytes follow the last tensor", "{}", data: 1)
    expectRefused("ends after 1 of them", header([("a", 0, 2)]), data: 1)
    // Sound: in any order, empty ones anywhere, no padding.
    let sound = try read(file(header([("b", 2, 3), ("none", 2, 2), ("a", 0, 2), ("end", 3, 3)]).utf8, data: 3))
    #expect(sound.tensors.count == 4 && sound.tensors["b"]?.shape == [1])
  }

  @Test func sizesBeyondTheFile() throws {
    expectRefused("the file ends after 3 of them", header([("a", 0, 1 << 59)]), data: 3)
    // The tensors together reach the greatest Int, and the header still comes before them.
    let step = 1 << 59
    let tensors = (0..<16).map { ("\($0)", step * $0, $0 < 15 ? step * ($0 + 1) : Int.max) }
    expectRefused("the file ends after 3 of them", header(tensors), data: 3)
    let bytes = file(header(tensors).utf8, data: 3)
    expectFault("the file ends after 3 of them") { try Safetensors(reading: temporaryFile(bytes)) }
  }

  @Test func damage() throws {
    for name in ["types", "ties", "shapes", "metadata"] {
      let bytes = try Fixtures.bytes("safetensors/\(name).safetensors")
      let file = try nowhere()
      Damage.expectSurvived(bytes, corruptions: 10_000, name) { _ = try Safetensors(Bytes($0), of: file) }
    }
  }
}
