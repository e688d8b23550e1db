import NNCore
import Testing

@Suite struct SafetensorsTests {
  /// Files of the reference implementation, see make-safetensors.py: read and written again, they are the same bytes.
  @Test func writesWhatTheReferenceWrites() throws {
    let names = try Fixtures.names(in: "safetensors")
    #expect(names.count == 14)
    for name in names {
      let file = try Safetensors(reading: Fixtures.file(name))
      #expect(try file.fileBytes == Fixtures.bytes(name), "\(name)")
    }
  }

  @Test func readsWhatTheReferenceWrites() throws {
    let types = try Fixtures.safetensors("safetensors/types")
    #expect(types.metadata == Safetensors.Metadata())
    let expected: [(String, Safetensors.ElementType, [UInt8])] = [
      ("bool", .bool, [0, 1, 1]), ("u1", .u8, [0, 1, 2]), ("i2", .i16, [0, 0, 1, 0, 2, 0]),
      ("f2", .f16, [0, 0, 0, 0x3c, 0, 0x40]),
      ("c8", .c64, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0]),
    ]
    #expect(types.tensors.count == 13)
    for (name, type, bytes) in expected {
      let tensor = try #require(types.tensors["of " + name])
      #expect(tensor.type == type && tensor.shape == [3] && [UInt8](tensor.bytes) == bytes, "\(name)")
    }
    #expect(types.tensors["of f4"]?.floats == [0, 1, 2])

    let shapes = try Fixtures.safetensors("safetensors/shapes").tensors
    #expect(shapes["scalar"]?.shape == [] && shapes["scalar"]?.floats == [1.5])
    #expect(shapes["no rows"]?.shape == [3, 0, 2] && shapes["no rows"]?.bytes.count == 0)
    #expect(shapes["cube"]?.shape == [2, 3, 4])
    #expect(try Fixtures.safetensors("safetensors/metadata").metadata["format"] == "pt")
    #expect(try Fixtures.safetensors("safetensors/metadata-only").metadata["a key"] == "a \"value\"\n")
  }

  @Test func writtenIsRead() throws {
    var metadata = Safetensors.Metadata()
    metadata["one"] = "1"
    metadata["two"] = "zwei, två\n\"2\""
    metadata["gone"] = "soon"
    metadata["gone"] = nil
    let tensors: [String: Safetensors.Tensor] = [
      "w": .init([1, -0.0, .infinity, .leastNonzeroMagnitude], shape: [2, 2]),
      "n": .init(.u8, shape: [3], bytes: Bytes([1, 2, 3])),
      "l": .init(.u16, shape: [2], bytes: Bytes(littleEndian: [1, 256] as [UInt16])),
      "empty": .init(.f64, shape: [0, 5], bytes: Bytes([])),
    ]
    let bytes = Safetensors(metadata: metadata, tensors: tensors).fileBytes
    // The data starts on a multiple of eight.
    #expect(bytes[0] % 8 == 0)
    for read in [try Safetensors(Bytes(bytes), of: nowhere()), try Safetensors(reading: temporaryFile(bytes))] {
      #expect(read.metadata == metadata && read.metadata.entries.map(\.name) == ["one", "two"])
      #expect(Set(read.tensors.keys) == Set(tensors.keys))
      for (name, tensor) in tensors {
        let back = try #require(read.tensors[name])
        #expect(back.type == tensor.type && back.shape == tensor.shape && [UInt8](back.bytes) == [UInt8](tensor.bytes))
      }
    }
  }

  @Test func readsFromAPipe() throws {
    let bytes = try Fixtures.bytes("safetensors/types.safetensors")
    #expect(try throughPipe(bytes) { try Safetensors(reading: $0) }.fileBytes == bytes)
    expectFault("bytes follow the last tensor") { try throughPipe(bytes + [0]) { try Safetensors(reading: $0) } }
    expectFault("the file ends after") { try throughPipe(bytes.dropLast()) { try Safetensors(reading: $0) } }
    expectFault("did the command before it fail?") { try throughPipe([]) { try Safetensors(reading: $0) } }
  }

  /// Hands `bytes`, few enough for a pipe to hold, to `body` through one.
  private func throughPipe<Result>(_ bytes: some Collection<UInt8>, _ body: (InputFile) throws -> Result) throws
    -> Result
  {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0 && bytes.count <= 4096)
    try #require(write(ends[1], Array(bytes), bytes.count) == bytes.count)
    close(ends[1])
    defer { close(ends[0]) }
    return try body(InputFile(path: "/dev/fd/\(ends[0])"))
  }

  @Test func sizesOfTypes() {
    #expect(Safetensors.ElementType.f32.byteCount(shape: [2, 3]) == 24)
    #expect(Safetensors.ElementType.f4.byteCount(shape: [3]) == nil)
    #expect(Safetensors.ElementType.f4.byteCount(shape: [4]) == 2)
    #expect(Safetensors.ElementType.f6e2m3.byteCount(shape: [4]) == 3)
    #expect(Safetensors.ElementType.u8.byteCount(shape: []) == 1)
    #expect(Safetensors.ElementType.u8.byteCount(shape: [.max]) == nil)
    #expect(Safetensors.ElementType.u64.byteCount(shape: [1 << 31, 1 << 31]) == nil)
  }
}
