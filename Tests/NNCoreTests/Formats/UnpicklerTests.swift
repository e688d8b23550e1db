import NNCore
import Testing

/// Pickles of many years, see make-pickles.py.
@Suite struct UnpicklerTests {
  private func dataset(_ file: InputFile, part: DataPart? = .train) throws -> Dataset {
    var reader = DataReader(part: part)
    try reader.add(file)
    return try reader.dataset()
  }

  private func fixture(_ name: String) throws -> InputFile {
    try Fixtures.file("pickles/\(name).pkl")
  }

  private static let names =
    (0..<6).flatMap { ["python3-protocol-\($0)", "fortran-protocol-\($0)"] } + (0..<3).map { "python2-protocol-\($0)" }
    + ["big-endian", "big-endian-f8", "lists"]

  @Test(arguments: names)
  func pixelsAndLabels(_ name: String) throws {
    let wanted = try Fixtures.figures("pickles").items
    for (part, goal) in zip([DataPart.train, .validation, .test], wanted) {
      let data = try dataset(fixture(name), part: part)
      guard case .pixels(let bytes, 2, 2) = data.inputs else {
        Issue.record("\(data.inputs) are not 2 x 2 pixels")
        return
      }
      #expect([UInt8](bytes).map { Int($0) } == goal["pixels"].ints)
      #expect(data.labels?.map { Int($0) } == goal["labels"].ints)
      #expect(data.scale == Scale(numerator: 1, denominator: 256))
    }
  }

  @Test func bytesAsTheyAre() throws {
    let data = try dataset(fixture("bytes-u1"))
    #expect(data.scale == .unit)
    #expect(try [UInt8](data.inputs.bytes).map { Int($0) } == Fixtures.figures("pickles").items[0]["pixels"].ints)
  }

  @Test func parts() throws {
    expectFault("holds the parts train, validation, test", remedy: .choosePart) {
      try dataset(fixture("lists"), part: nil)
    }
    expectFault("holds the parts train, test, no validation") { try dataset(fixture("two-parts"), part: .validation) }
    #expect(try dataset(fixture("two-parts"), part: .test).count == 2)
  }

  @Test func foreignNamesAreRefused() {
    expectFault("refers to 'posix.system'") { try dataset(fixture("refuse-system")) }
    expectFault("refers to 'builtins.eval'") { try dataset(fixture("refuse-eval")) }
    expectFault("holds a float, not two or three parts") { try dataset(fixture("refuse-scalar")) }
    expectFault("Python objects") { try dataset(fixture("refuse-objects")) }
    expectFault("holds a dict of 1") { try dataset(fixture("refuse-structure")) }
  }

  /// A pickle whose bytes are the characters' codes.
  private static func protocol2(_ text: String) -> [UInt8] {
    [0x80, 2] + text.unicodeScalars.map { UInt8($0.value) }
  }

  /// Ways to run code that go round a plain reference to a name.
  @Test(arguments: [
    // INST, OBJ, NEWOBJ, NEWOBJ_EX, EXT1, PERSID, BINPERSID.
    "(ios\nsystem\n.", "(cnumpy\nndarray\no.", "cnumpy\nndarray\n)\u{81}.", "cnumpy\nndarray\n)}\u{92}.",
    "\u{82}\u{1}.",
    "Pname\n.", "NQ.",
    "cos\nsystem\n(S'ls'\ntR.", "c__builtin__\neval\n(S'1'\ntR.", "cnumpy.core.multiarray\n_reconstruct.x\n.",
    "cnumpy._core._core.multiarray\n_reconstruct\n.", "cnumpy\nload\n.", "c_codecs\ndecode\n.",
    "cbuiltins\nbytearray\n.",
    "cnumpy\nndarray\n)R.", "(S'numpy'\nS'ndarray'\ntR.", "c\n\n.", "cnumpy.core\nnumeric._frombuffer.__globals__\n.",
  ])
  func nothingIsRun(_ pickle: String) {
    expectFault("pickle") { try dataset(temporaryFile(Self.protocol2(pickle))) }
  }

  @Test(arguments: [
    ".", "N", "(.", "t.", "0.", "2.", "a.", "(e.", "s.", "]Ns.", "R.", "b.", "Nb.", "g1\n.", "h\u{5}.", "p1\n.",
    "(NNd.",
    "}(Nu.", "I1x\n.", "Ix\n.", "L99999999999999999999L\n.", "F1.2.3\n.", "Sab\n.", "S'ab\n.", "S'\\x4'\n.",
    "S'\\q'\n.",
    "V\\u12\n.", "V\\ud800\n.", "U\u{5}ab.", "X\u{5}\0\0\0ab.", "T\0\0\0\u{7f}a.", "N.N", "N.\n",
  ])
  func malformed(_ pickle: String) {
    expectFault("pickle") { try dataset(temporaryFile(Self.protocol2(pickle))) }
  }

  @Test func lengthsBeyondTheFile() {
    let huge = Array(repeating: UInt8(0xff), count: 8)
    let long = [0, 0, 0, 0, 0, 0, 0, 0x7f] as [UInt8]
    for opcode in [0x8e, 0x96, 0x8d, 0x95] as [UInt8] {
      for length in [huge, long] { expectFault("pickle") { try dataset(temporaryFile([0x80, 4, opcode] + length)) } }
    }
    // Negative lengths of BINSTRING and LONG4; protocol 6.
    expectFault("pickle") { try dataset(temporaryFile([0x80, 2, 0x54, 0xff, 0xff, 0xff, 0xff, 0x2e])) }
    expectFault("pickle") { try dataset(temporaryFile([0x80, 2, 0x8b, 0xff, 0xff, 0xff, 0xff, 0x2e])) }
    expectFault("protocol 6") { try dataset(temporaryFile([0x80, 2, 0x80, 6, 0x2e])) }
  }

  /// Nesting that would need a deep stack to read, or to free again.
  @Test func deepNesting() {
    let count = 200_000
    expectFault("nested too deeply") {
      try dataset(
        temporaryFile([0x80, 2] + Array(repeating: 0x5d, count: count) + Array(repeating: 0x61, count: count)))
    }
    expectFault("nested too deeply") {
      try dataset(temporaryFile([0x80, 2, 0x4e] + Array(repeating: 0x85, count: count) + [0x2e]))
    }
    // Each list, kept in the memo, gets the next one when it is itself within another already, below sixty tuples.
    var chain: [UInt8] = [0x80, 2, 0x5d]
    for _ in 0..<9_999 {
      chain += [0x5d, 0x71, 0] + Array(repeating: 0x85, count: 60) + [0x61, 0x30, 0x68, 0]
    }
    expectFault("") { try dataset(temporaryFile(chain + [0x2e])) }
  }

  @Test(arguments: [
    "python2-protocol-0", "python2-protocol-2", "python3-protocol-0", "python3-protocol-4", "fortran-protocol-5",
  ])
  func damage(_ name: String) throws {
    try Damage.expectSurvived(Fixtures.bytes("pickles/\(name).pkl"), corruptions: 10_000, name) {
      _ = try dataset(temporaryFile($0))
    }
  }
}
