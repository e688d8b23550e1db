import NNCore
import Testing

/// The less usual arrays that people have, see make-arrays.py.
@Suite struct NamedArraysTests {
  private static let expected: (pixels: [UInt8], labels: [UInt16]) = {
    guard let figures = try? Fixtures.figures("conversions") else { return ([], []) }
    return (figures["pixels"].items.map { UInt8($0.int) }, figures["labels"].items.map { UInt16($0.int) })
  }()

  private func dataset(_ names: String..., labels: String? = nil, part: DataPart? = nil) throws -> Dataset {
    var options = DataReader.Options()
    options.part = part
    var reader = DataReader(options)
    for name in names { try reader.add(Fixtures.file("arrays/\(name)")) }
    if let labels { try reader.add(Fixtures.file("arrays/\(labels)"), onlyLabels: true) }
    return try reader.dataset()
  }

  private func expect(
    _ dataset: Dataset, denominator: Int = 255, isLabelled: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(dataset.count == 6 && Self.expected.labels.count == 6, sourceLocation: sourceLocation)
    guard case .pixels(let bytes, 4, 4) = dataset.inputs else {
      Issue.record("\(dataset.inputs.title), not pictures of 4 x 4", sourceLocation: sourceLocation)
      return
    }
    #expect([UInt8](bytes) == Self.expected.pixels, sourceLocation: sourceLocation)
    #expect(dataset.labels == (isLabelled ? Self.expected.labels : nil), sourceLocation: sourceLocation)
    #expect(dataset.scale == Scale(numerator: 1, denominator: denominator), sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    "f2", "f2-big-endian-over-255", "f2-reckoned-over-255", "f4-product", "f8-of-f4", "f4-of-f2", "columns",
    "channel-of-rows",
  ])
  func pixels(_ name: String) throws {
    expect(try dataset("\(name).npy"), isLabelled: false)
    expect(try dataset("\(name).npy", "labels.npz"))
  }

  @Test func halves() throws {
    expect(try dataset("f2-over-256.npy"), denominator: 256, isLabelled: false)
    for name in ["float16", "bfloat16"] { expect(try dataset("\(name).safetensors")) }
    let features = try dataset("f2-features.npy").inputs
    #expect(features.title == "2 features")
    // A third as 16 bits have it, and the least of these, subnormal.
    let numbers: [Float] = [0.5, -2, 0x1.554p-2, 0x1p-24]
    #expect(
      [UInt8](features.bytes)
        == numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } })
  }

  @Test func colors() throws {
    let grey = try Fixtures.figures("arrays")["grey"].items.map { UInt8($0.int) }
    for name in ["last", "first", "f4", "alpha"] {
      let data = try dataset("colors-\(name).npy")
      guard case .pixels(let bytes, 4, 4) = data.inputs else {
        Issue.record("\(name): \(data.inputs.title)")
        continue
      }
      #expect([UInt8](bytes) == grey, "\(name)")
    }
    expectFault("holds colours (shape [6, 4, 4, 3]) that are no pixels") { try dataset("refuse-colors.npy") }
  }

  @Test(arguments: ["column", "one-hot", "text", "wide-text", "bytes"])
  func labels(_ name: String) throws {
    expect(try dataset("f2.npy", "labels-\(name).npy"))
    expect(try dataset("labels-\(name).npy", "f2.npy"))
    expect(try dataset("f2.npy", labels: "labels-\(name).npy"))
  }

  @Test func labelsOfOtherKinds() throws {
    expect(try dataset("f2.npy", labels: "labels-row.npy"))
    let words = try dataset("f2.npy", "labels-words.npy")
    #expect(words.classes == ["four", "nine", "one", "seven", "zero"] && words.labels == [3, 4, 1, 3, 2, 0])
    // Alone, or where there are labels, a column is one of examples.
    #expect(try dataset("labels-column.npy").inputs.title == "1 x 1 pixels")
    expectFault("no labels are left for these 6 images") {
      try dataset("f2.npy", "labels-bytes.npy", "labels-column.npy")
    }
  }

  @Test func names() throws {
    expect(try dataset("turned.npz"))
    expect(try dataset("bunch.npz"))
    for name in ["joined", "turned-names"] {
      expect(try dataset("\(name).npz", part: .train))
      #expect(try dataset("\(name).npz", part: .test).labels == [7, 0])
    }
  }

  @Test(arguments: [
    "scalars", "float-scalars", "text-scalars", "texts", "text-array", "bytes-array", "object-texts", "object-numbers",
    "pairs",
    "ordered", "turned",
  ])
  func pickles(_ name: String) throws {
    for `protocol` in [0, 2, 5] {
      expect(try dataset("\(name)-\(`protocol`).pkl"), denominator: name == "pairs" ? 256 : 255)
    }
  }

  @Test func picklesOfOneArray() throws {
    expect(try dataset("no-labels.pkl"), isLabelled: false)
    expect(try dataset("pictures.pkl"), isLabelled: false)
    expect(try dataset("pictures.pkl", "labels.pkl"))
    expectFault("adds items to a container that is within another") { try dataset("refuse-cycle.pkl") }
  }

  @Test(arguments: [
    "labels-text.npy", "scalars-2.pkl", "object-texts-0.pkl", "ordered-5.pkl", "colors-first.npy",
    "bfloat16.safetensors",
  ])
  func damage(_ name: String) throws {
    Damage.expectSurvived(try Fixtures.bytes("arrays/\(name)"), corruptions: 2000, name) { bytes in
      var reader = DataReader()
      try reader.add(Fixtures.file("arrays/f2.npy"))
      try reader.add(temporaryFile(bytes))
      _ = try reader.dataset()
    }
  }

  /// What must be neither taken for data nor merely be said to be unknown.
  @Test func otherForms() {
    for (start, name, advice) in [
      ("BZh91AY&SY", "bzip2", "bzip2 -dc"), ("\u{89}HDF\r\n\u{1a}\n", "an HDF5 file", "numpy.savez"),
      ("MATLAB 7.3 MAT-file, Platform", "MATLAB file of version 7.3", "save -v7"),
      ("\n <!DOCTYPE html><html>", "a web page", "download"),
      ("{\"images\": [1, 2]}", "JSON", "CSV"),
      ("version https://git-lfs.github.com/spec/v1\n", "Git LFS", "git lfs pull"),
      ("\u{80}\u{2}\u{8a}\u{a}l\u{fc}\u{9c}F\u{f9} j\u{a8}P\u{19}.", "a PyTorch file", "safetensors"),
    ] {
      let bytes = start.unicodeScalars.map { UInt8($0.value) }
      for part in [name, advice] {
        expectFault(part) {
          var reader = DataReader()
          try reader.add(temporaryFile(bytes))
        }
      }
    }
  }
}
