/// The forms of data that can be read.
public enum DataFormat: String, CaseIterable, Sendable {
  case idx, pickle, safetensors

  /// The form that the bytes show.
  init?(_ bytes: Bytes) {
    if bytes.count > 8, bytes[8] == UInt8(ascii: "{"), bytes[6] == 0, bytes[7] == 0 {
      self = .safetensors
    } else if bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 {
      self = .idx
    } else if Unpickler.recognizes(bytes) {
      self = .pickle
    } else {
      return nil
    }
  }
}

/// The parts that a source may be split into.
public enum DataPart: String, CaseIterable, Sendable {
  case train, validation, test
}

/// Puts data sets together from files of any known form.
public struct DataReader {
  /// The form to insist on; nil to go by the content.
  public var format: DataFormat?
  /// The part to take of sources that have several.
  public var part: DataPart?

  private var images: [Piece] = []
  private var labels: [Piece] = []
  private var whole: [Dataset] = []

  private struct Piece {
    let name: String
    let numbers: NumberArray
  }

  public init(format: DataFormat? = nil, part: DataPart? = nil) {
    (self.format, self.part) = (format, part)
  }

  /// Adds what a file holds: images, labels or both.
  ///
  /// - Throws: `FileError`.
  public mutating func add(_ file: InputFile, onlyLabels: Bool = false) throws {
    let raw = try file.contents()
    guard raw.count > 0 else { throw file.malformed("is empty") }
    let bytes = Gzip.recognizes(raw) ? try Gzip.inflate(raw, of: file) : raw
    guard let format = self.format ?? DataFormat(bytes) else {
      throw file.malformed("is in no known form (\(DataFormat.allCases.map(\.rawValue).joined(separator: ", ")))", at: .byte(0))
    }
    switch format {
    case .safetensors:
      guard !onlyLabels else { throw file.malformed("is a data file; labels come as IDX") }
      whole.append(try Dataset(Safetensors(bytes, of: file), of: file))
    case .idx:
      let numbers = try IDX.read(bytes, of: file)
      if onlyLabels || numbers.shape.count == 1 {
        labels.append(Piece(name: file.name, numbers: numbers))
      } else {
        images.append(Piece(name: file.name, numbers: numbers))
      }
    case .pickle:
      guard !onlyLabels else { throw file.malformed("is a pickle; labels come as IDX") }
      let (pixels, answers) = try PickledParts.read(bytes, part: part, of: file)
      images.append(Piece(name: file.name, numbers: pixels))
      labels.append(Piece(name: file.name, numbers: answers))
    }
  }

  /// Adds the files of a folder that have MNIST's usual names, with `-` or `.` and with or without `.gz`.
  ///
  /// - Throws: `FileError`.
  public mutating func add(folder: String) throws {
    let names = try Directory.names(in: folder)
    let prefix: String
    switch part {
    case .train: prefix = "train"
    case .test: prefix = "t10k"
    case .validation:
      throw FileError(.badData, file: folder, "MNIST's four files hold no validation part, only train and test")
    case nil: throw FileError(.badData, file: folder, "is a folder: choose what to take of it with --part train or --part test")
    }
    for (kind, dimensions) in [("images", 3), ("labels", 1)] {
      let candidates = ["-", "."].flatMap { separator in
        ["", ".gz"].map { "\(prefix)-\(kind)\(separator)idx\(dimensions)-ubyte\($0)" }
      }
      guard let name = candidates.first(where: names.contains) else {
        throw FileError(.cannotOpen, file: folder, "has no \(candidates[1]), nor one of its other usual names")
      }
      try add(InputFile(path: folder + (folder.hasSuffix("/") ? "" : "/") + name))
    }
  }

  /// The data: images with the labels of their count, whichever came first, then whole data sets, one after the other.
  ///
  /// - Throws: `FileError` of kind `badData` if something has no counterpart or doesn't fit the rest.
  public func dataset() throws -> Dataset {
    var left = labels
    var parts: [Dataset] = []
    for piece in images {
      let count = piece.numbers.shape[0]
      let match = left.firstIndex { $0.numbers.count == count }
      if match == nil, let other = left.first {
        throw FileError(.badData, file: other.name, "labels has \(other.numbers.count) entries, images \(count) (\(piece.name))")
      }
      if match == nil, !labels.isEmpty {
        throw FileError(.badData, file: piece.name, "no labels are left for these \(count) images")
      }
      parts.append(try Self.join(piece, match.map { left.remove(at: $0) }))
    }
    if let stray = left.first {
      throw FileError(.badData, file: stray.name, "holds \(stray.numbers.count) labels, and there are no images for them")
    }
    return try Dataset.concatenating(parts + whole)
  }

  private static func join(_ images: Piece, _ labels: Piece?) throws -> Dataset {
    let (inputs, scale) = try PixelRecognizer.inputs(images.numbers, file: images.name)
    let answers = try labels.map { try self.labels($0) }
    var dataset = Dataset(count: images.numbers.shape[0], inputs: inputs, labels: answers, scale: scale)
    let names = labels.map { [images.name, $0.name] } ?? [images.name]
    var sources = names.map { String($0.split(separator: "/").last ?? "") }
    if sources.count == 2, sources[0] == sources[1] { sources.removeLast() }
    dataset.source = sources.joined(separator: " + ")
    return dataset
  }

  private static func labels(_ piece: Piece) throws -> [UInt16] {
    guard piece.numbers.shape.dropFirst().allSatisfy({ $0 == 1 }) else {
      throw FileError(.badData, file: piece.name, "labels have shape \(piece.numbers.shape), not one number an example")
    }
    var labels: [UInt16] = []
    labels.reserveCapacity(piece.numbers.count)
    var stranger = 0.0
    let areLabels = piece.numbers.allSatisfy { _, value in
      guard let label = UInt16(exactly: value) else {
        stranger = value
        return false
      }
      labels.append(label)
      return true
    }
    guard areLabels else {
      throw FileError(.badData, file: piece.name, "label \(labels.count) is \(stranger), not a whole number of 0 to 65535")
    }
    return labels
  }
}

extension Dataset {
  /// The data sets one after the other.
  ///
  /// - Throws: `FileError` of kind `badData` if they are of different shapes, scales or only partly labelled.
  static func concatenating(_ parts: [Dataset]) throws -> Dataset {
    guard let first = parts.first else { throw FileError(.badData, file: "input", "no images were given") }
    guard parts.count > 1 else { return first }
    for part in parts.dropFirst() {
      func fault(_ what: String) -> FileError {
        FileError(.badData, file: part.source, "\(what), unlike \(first.source): they can't be joined")
      }
      guard part.inputs.hasShape(of: first.inputs) else { throw fault("has examples of another shape") }
      guard part.scale == first.scale else { throw fault("has the scale \(part.scale)") }
      guard (part.labels == nil) == (first.labels == nil) else { throw fault(part.labels == nil ? "has no labels" : "has labels") }
    }
    let joined = Bytes(count: parts.reduce(0) { $0 + $1.inputs.bytes.count }) { target in
      var offset = 0
      for part in parts {
        part.inputs.bytes.withUnsafeBytes { source in
          UnsafeMutableRawBufferPointer(rebasing: target[offset..<offset + source.count]).copyMemory(from: source)
          offset += source.count
        }
      }
    }
    let longest = parts.max { $0.classes.count < $1.classes.count }!
    var dataset = Dataset(
      count: parts.reduce(0) { $0 + $1.count }, inputs: first.inputs.replacing(joined),
      labels: first.labels == nil ? nil : parts.flatMap { $0.labels ?? [] }, scale: first.scale, classes: longest.classes)
    dataset.source = parts.map(\.source).joined(separator: "; ")
    return dataset
  }
}
