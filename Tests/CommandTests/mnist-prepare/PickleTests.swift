import Testing

/// mnist-prepare on mnist.pkl.gz and its like.
struct PickleTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
  }

  private func check(_ part: Int, of file: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) throws {
    let (file, expected) = (try PlainSafetensors(file), PickleSamples.parts[part])
    let count = expected.labels.count
    #expect(
      file.tensors == [
        "images": .init(type: "U8", shape: [count, 2, 2], bytes: expected.pixels),
        "labels": .init(type: "U8", shape: [count], bytes: expected.labels),
      ], sourceLocation: sourceLocation)
    #expect(file.metadata["scale"] == "1/256", sourceLocation: sourceLocation)
  }

  @Test(arguments: [PickleSamples.binary, PickleSamples.text])
  func pickledByPython2(_ pickle: [UInt8]) throws {
    try shell.write(pickle, to: "mnist.pkl")
    for (index, part) in ["train", "validation", "test"].enumerated() {
      try check(index, of: shell.run("mnist-prepare -q mnist.pkl --part \(part)").outputBytes)
      try check(index, of: shell.run("gzip -c mnist.pkl | mnist-prepare -q - --part \(part)").outputBytes)
    }
    try check(0, of: shell.run("mnist-prepare -q --from pickle mnist.pkl --part train").outputBytes)
    expectFailure(
      try shell.run("mnist-prepare mnist.pkl"), 65, contains: "mnist.pkl: holds the parts train, validation, test",
      "--part")
  }

  @Test(.enabled(if: Python.hasNumPy, "needs NumPy"))
  func pickledByPython3() throws {
    for (part, (pixels, labels)) in PickleSamples.parts.enumerated() {
      try shell.write(pixels, to: "pixels\(part)")
      try shell.write(labels, to: "labels\(part)")
    }
    try Python.run(
      """
      import pickle, numpy as np
      parts = []
      for part in range(3):
        pixels = np.fromfile(f"pixels{part}", np.uint8).reshape(-1, 4)
        parts.append((pixels.astype(np.float32) / 256, np.fromfile(f"labels{part}", np.uint8).astype(np.int64)))
      for protocol in range(6):
        pickle.dump(tuple(parts), open(f"{protocol}.pkl", "wb"), protocol)
        pickle.dump(parts, open(f"list{protocol}.pkl", "wb"), protocol)
        pickle.dump(parts[::2], open(f"two{protocol}.pkl", "wb"), protocol)
        odd = [(np.asfortranarray(x.astype(">f8")), y.astype(">i2")) for x, y in parts]
        pickle.dump(odd, open(f"odd{protocol}.pkl", "wb"), protocol)
      pickle.dump([(x.tolist(), y.tolist()) for x, y in parts], open("lists.pkl", "wb"))
      pickle.dump([(list(x.reshape(-1, 2, 2)), y) for x, y in parts], open("arrays.pkl", "wb"))
      pickle.dump({"train": parts[0], "validation": parts[1], "test": parts[2]}, open("pairs.pkl", "wb"))
      names = ["train", "valid", "test"]
      pickle.dump({f"{n}_{k}": a for n, p in zip(names, parts) for k, a in zip(["x", "y"], p)}, open("flat.pkl", "wb"))
      pickle.dump({n: {"data": x, "target": y} for n, (x, y) in zip(names, parts)}, open("nested.pkl", "wb"))
      pickle.dump(parts[0], open("pair.pkl", "wb"))
      pickle.dump([([x[0], x[1][:2]], y) for x, y in parts], open("ragged.pkl", "wb"))
      pickle.dump([(x.astype(object), list(y)) for x, y in parts], open("objects.pkl", "wb"))
      pickle.dump({"train": "parts"}, open("dictionary.pkl", "wb"))
      pickle.dump([np.float32(1), (2, 3)], open("scalar.pkl", "wb"))
      """, in: shell)
    for `protocol` in 0..<6 {
      for (index, part) in ["train", "validation", "test"].enumerated() {
        for name in ["", "list", "odd"] {
          try check(index, of: shell.run("mnist-prepare -q \(name)\(`protocol`).pkl --part \(part)").outputBytes)
        }
        for name in ["lists", "arrays", "pairs", "flat", "nested", "objects"] {
          try check(index, of: shell.run("mnist-prepare -q \(name).pkl --part \(part)").outputBytes)
        }
      }
      try check(0, of: shell.run("mnist-prepare -q pair.pkl").outputBytes)
      try check(2, of: shell.run("mnist-prepare -q two\(`protocol`).pkl --part test").outputBytes)
      expectFailure(
        try shell.run("mnist-prepare two\(`protocol`).pkl --part validation"), 65,
        contains: "parts train, test, no validation")
    }
    for (name, message) in [
      ("ragged", "item 1 of a list"), ("dictionary", "the pickle holds a dict of 1"),
      ("scalar", "a list of 2 (a float, a tuple of 2)"),
    ] {
      expectFailure(try shell.run("mnist-prepare \(name).pkl --part train"), 65, contains: "\(name).pkl: ", message)
    }
  }

  @Test(arguments: [
    ("cos\nsystem\n(S'touch ran'\ntR.", "os.system"), ("cposix\nsystem\n(S'touch ran'\ntR.", "posix.system"),
    ("c__builtin__\neval\n(S'1'\ntR.", "__builtin__.eval"), ("(cos\nsystem\nS'touch ran'\no.", "os.system"),
    ("cnumpy\nload\n(S'x'\ntR.", "numpy.load"),
    ("cnumpy.core.multiarray\nfromstring\n(tR.", "numpy.core.multiarray.fromstring"),
    ("\u{80}\u{4}\u{8c}\u{2}os\u{8c}\u{6}system\u{93}\u{8c}\u{9}touch ran\u{85}R.", "os.system"),
    ("]cos\nsystem\n.", "os.system"), ("ccopy_reg\n_reconstructor\n.", "_reconstructor"),
  ])
  func foreignGlobal(_ pickle: String, _ name: String) throws {
    try shell.write(PickleSamples.bytes(pickle), to: "evil.pkl")
    for option in ["", "--from pickle", "--part train"] {
      expectFailure(try shell.run("mnist-prepare evil.pkl \(option)"), 65, contains: "evil.pkl: byte ", name, "refused")
    }
    #expect(try shell.names == ["evil.pkl"])
  }

  /// `os.system` named in one opcode with its arguments, which no array needs.
  @Test func foreignInstance() throws {
    try shell.write(Array("(S'touch ran'\nios\nsystem\n.".utf8), to: "evil.pkl")
    expectFailure(try shell.run("mnist-prepare evil.pkl --part train"), 65, contains: "evil.pkl: byte ")
    #expect(try shell.names == ["evil.pkl"])
  }

  @Test(arguments: [PickleSamples.binary, PickleSamples.text])
  func damaged(_ pickle: [UInt8]) throws {
    for length in stride(from: 3, to: pickle.count, by: pickle.count / 60) {
      try shell.write(Array(pickle.prefix(length)), to: "broken.pkl")
      expectFailure(try shell.run("mnist-prepare broken.pkl --from pickle --part train"), 65, contains: "broken.pkl: ")
    }
    try shell.write(pickle + [0], to: "broken.pkl")
    expectFailure(
      try shell.run("mnist-prepare broken.pkl --from pickle --part train"), 65, contains: "broken.pkl: byte ")
    // One wrong byte may go unnoticed where it is data, but never ends in a crash.
    for place in stride(from: 2, to: pickle.count, by: pickle.count / 60) {
      var bytes = pickle
      bytes[place] = bytes[place] &+ 13
      try shell.write(bytes, to: "broken.pkl")
      let result = try shell.run("mnist-prepare -q broken.pkl --from pickle --part train")
      if result.status != 0 { expectFailure(result, 65, contains: "broken.pkl: ") }
    }
  }

  @Test(arguments: [
    "(lp0\n", "]]]]]].", "}.", "(.", "N.", "(t.", "I1\n.", "(((((t.", "]e.", "]h\u{5}.", "\u{80}\u{9}.", "]a.", "0.",
    "](NNe.", "}(Nu.",
  ])
  func nonsense(_ pickle: String) throws {
    try shell.write(PickleSamples.bytes(pickle), to: "broken.pkl")
    expectFailure(try shell.run("mnist-prepare broken.pkl --from pickle --part train"), 65, contains: "broken.pkl: ")
  }

  @Test func bombs() throws {
    let deep = String(repeating: "]", count: 200_000) + String(repeating: "a", count: 199_999) + "."
    try shell.write(Array(deep.utf8), to: "deep.pkl")
    expectFailure(try shell.run("mnist-prepare deep.pkl --part train"), 65, contains: "deep.pkl: ")
    var laughs = "(lp0\nN"
    laughs += (1..<60).map { "a(lp\($0)\ng\($0 - 1)\nag\($0 - 1)\na" }.joined() + "."
    try shell.write(Array(laughs.utf8), to: "laughs.pkl")
    expectFailure(try shell.run("mnist-prepare laughs.pkl --part train"), 65, contains: "laughs.pkl: ")
    try shell.write([0x80, 4, 0x8e] + Samples.littleEndian(UInt64(1) << 62) + Array(".".utf8), to: "long.pkl")
    expectFailure(try shell.run("mnist-prepare long.pkl --part train"), 65, contains: "ends early")
    try shell.write([0x80, 4, 0x8e] + Samples.littleEndian(UInt64.max) + Array(".".utf8), to: "long.pkl")
    expectFailure(try shell.run("mnist-prepare long.pkl --part train"), 65, contains: "out of range")
  }
}
