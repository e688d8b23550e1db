import NNCore
import Testing

/// Files of SciPy, see make-matlab.py.
@Suite struct MATLABArraysTests {
  private func dataset(
    _ name: String, with change: (inout DataReader.Options) -> Void = { _ in }
  ) throws -> (data: Dataset, notes: [DataNote]) {
    var options = DataReader.Options()
    change(&options)
    var reader = DataReader(options)
    try reader.add(Fixtures.file("matlab/\(name).mat"))
    return (try reader.dataset(), reader.notes)
  }

  private func expectPictures(_ data: Dataset, _ name: String) throws {
    let figures = try Fixtures.figures("conversions")
    guard case .pixels(let bytes, 4, 4) = data.inputs else {
      Issue.record("\(name): \(data.inputs.title)")
      return
    }
    #expect([UInt8](bytes) == figures["pixels"].items.map { UInt8($0.int) }, "\(name)")
  }

  @Test(arguments: [
    "last", "last-compressed", "first", "first-compressed", "rows", "rows-compressed", "columns", "one-hot",
    "big-endian",
    "parts", "named",
  ])
  func arraysOfAnyOrder(_ name: String) throws {
    let figures = try Fixtures.figures("conversions")
    let data = try dataset(name) { if name == "parts" { $0.part = .test } }.data
    try expectPictures(data, name)
    #expect(data.labels == figures["labels"].items.map { UInt16($0.int) }, "\(name)")
    #expect(data.classes[7] == (name == "named" ? "a_seven" : "7"))
  }

  @Test func svhn() throws {
    let (data, notes) = try dataset("svhn")
    try expectPictures(data, "svhn")
    #expect(data.labels == [0, 1, 2, 3, 4, 0])
    #expect(notes.map(\.message) == ["label 10 taken for the digit 0"])
  }

  @Test(arguments: ["emnist", "emnist-compressed"]) func emnist(_ name: String) throws {
    let (data, notes) = try dataset(name) { $0.part = .train }
    try expectPictures(data, name)
    #expect(data.labels == [0, 1, 2, 2, 1, 0] && data.classes == ["A", "B", "C"])
    #expect(notes.map(\.message) == ["pictures transposed, as EMNIST's have to be"])
    #expect(try dataset(name) { $0.part = .test }.data.count == 3)
  }

  @Test func refusals() {
    for (name, part) in [
      ("refuse-sparse", "only images (a sparse matrix)"), ("refuse-complex", "only images (complex numbers)"),
      ("refuse-cells", "only words (a cell array), s/note (text)"), ("emnist", "train/images"),
    ] {
      expectFault(part) { try dataset(name) }
    }
  }

  @Test(arguments: ["last", "rows-compressed", "svhn", "emnist", "named", "big-endian"])
  func damage(_ name: String) throws {
    Damage.expectSurvived(try Fixtures.bytes("matlab/\(name).mat"), corruptions: 10_000, name) { bytes in
      var options = DataReader.Options()
      (options.format, options.part) = (.matlab, .train)
      var reader = DataReader(options)
      try reader.add(temporaryFile(bytes))
      _ = try reader.dataset()
    }
  }
}
