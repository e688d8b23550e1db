/// The images and labels in a Python object: a tuple or list of two or three parts (training, validation if there are
/// three, test), each a pair of images and labels, as `mnist.pkl.gz` has it; such a pair alone; one array of
/// images; or a dictionary whose keys tell.
enum PickledArrays {
  /// - Throws: `FileError` of kind `badData` if the pickle isn't so, or if `part` is missing or not chosen.
  static func read(
    _ bytes: Bytes, part: DataPart?, choice: NamedArrays.Choice, of file: InputFile
  ) throws -> (images: NumberArray, labels: NumberArray?) {
    let value = try Unpickler.load(bytes, of: file)
    if case .dictionary = value {
      let found = entries(of: value, prefix: "", depth: 0)
      guard !found.isEmpty else { throw strange(value, file) }
      let named = NamedArrays(names: found.map(\.name)) { name in
        try numbers(found.first { $0.name == name }!.value, called: name, file)
      }
      return try named.imagesAndLabels(part: part, choice: choice, of: file, kind: "pickle")
    }
    if case .array(let array) = value, let images = array.numbers, images.shape.count >= 2 { return (images, nil) }
    guard let items = value.items else { throw strange(value, file) }
    let areParts = (2...3).contains(items.count) && items.allSatisfy { $0.items?.count == 2 }
    let arePairs = areParts && items.allSatisfy { $0.items!.allSatisfy(isArray) }
    if items.count == 2, !arePairs, items.allSatisfy(isArray) {
      return (try numbers(items[0], called: "images", file), try numbers(items[1], called: "labels", file))
    }
    guard areParts else { throw strange(value, file) }
    let names: [DataPart] = items.count == 2 ? [.train, .test] : [.train, .validation, .test]
    let listed = names.map(\.rawValue).joined(separator: ", ")
    guard let part else { throw file.malformed("holds the parts \(listed): choose one with --part") }
    guard let index = names.firstIndex(of: part) else { throw file.malformed("holds the parts \(listed), no \(part.rawValue)") }
    let pair = items[index].items ?? []
    guard let images = try array(pair[0], file), let labels = try array(pair[1], file) else {
      throw file.malformed("the part \(part.rawValue) is \(pair[0].kind) and \(pair[1].kind), not two arrays of numbers")
    }
    guard images.shape.count >= 2 else { throw file.malformed("the part \(part.rawValue) has images of shape \(images.shape)") }
    return (images, labels)
  }

  private static func strange(_ value: PickleValue, _ file: InputFile) -> FileError {
    let inner = value.items.map { " (\($0.prefix(4).map(\.kind).joined(separator: ", ")))" } ?? ""
    return file.malformed(
      "the pickle holds \(value.kind)\(inner), not two or three parts that are pairs of images and labels, nor a dict of arrays")
  }

  /// The arrays of a dictionary, those of inner ones by a path: `train/images`; of an inner pair, `train/images` and
  /// `train/labels`.
  private static func entries(of value: PickleValue, prefix: String, depth: Int) -> [(name: String, value: PickleValue)] {
    guard case .dictionary(let list) = value, depth < 3 else { return [] }
    return stride(from: 0, to: list.items.count - 1, by: 2).flatMap { place -> [(name: String, value: PickleValue)] in
      guard let key = list.items[place].string ?? list.items[place].int.map(String.init) else { return [] }
      let (name, item) = (prefix + key, list.items[place + 1])
      if case .dictionary = item { return entries(of: item, prefix: name + "/", depth: depth + 1) }
      if isArray(item) { return [(name, item)] }
      if let pair = item.items, pair.count == 2, pair.allSatisfy(isArray) {
        return [(name + "/images", pair[0]), (name + "/labels", pair[1])]
      }
      return []
    }
  }

  /// Whether a value is an array, or a list that may be one.
  private static func isArray(_ value: PickleValue) -> Bool {
    switch value {
    case .array: return true
    case .list(let list):
      switch list.items.first {
      case .array?, .int?, .float?, .bool?: return true
      case .list(let inner)?:
        // Rows of numbers.
        if case .int? = inner.items.first { return true }
        if case .float? = inner.items.first { return true }
        return false
      default: return false
      }
    default: return false
    }
  }

  private static func numbers(_ value: PickleValue, called name: String, _ file: InputFile) throws -> NumberArray {
    guard let numbers = try array(value, file) else { throw file.malformed("'\(name)' is \(value.kind), not an array of numbers") }
    return numbers
  }

  /// An array, or a list of arrays of one shape, of numbers, or of lists of them; nil for anything else.
  private static func array(_ value: PickleValue, _ file: InputFile) throws -> NumberArray? {
    switch value {
    case .array(let array): return array.numbers
    case .list(let list): return try stacked(list.items, file)
    default: return nil
    }
  }

  private static func stacked(_ items: [PickleValue], _ file: InputFile) throws -> NumberArray? {
    guard let first = items.first else { return nil }
    if number(first) != nil {
      var bits: [UInt64] = []
      for item in items {
        guard let value = number(item) else { return nil }
        bits.append(value.bitPattern)
      }
      return NumberArray(.float64, isBigEndian: false, shape: [items.count], bytes: Bytes(littleEndian: bits))
    }
    guard let model = try array(first, file) else { return nil }
    var bytes = BytesBuilder()
    for (place, item) in items.enumerated() {
      guard let part = try array(item, file) else { return nil }
      guard part.shape == model.shape, part.element == model.element, part.isBigEndian == model.isBigEndian else {
        throw file.malformed("item \(place) of a list is an array of another shape or type than those before it")
      }
      try bytes.append(part.bytes)
    }
    return NumberArray(model.element, isBigEndian: model.isBigEndian, shape: [items.count] + model.shape, bytes: try bytes.finish())
  }

  private static func number(_ value: PickleValue) -> Double? {
    switch value {
    case .float(let value): value
    default: value.int.map(Double.init)
    }
  }
}
