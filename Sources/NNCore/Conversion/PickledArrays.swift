/// The images and labels in a Python object: a tuple or list of two or three parts (training, validation if there are
/// three, test), each a pair of images and labels, as `mnist.pkl.gz` has it; such a pair alone; a list of examples,
/// each a pair of a picture and its label; one array, of images or of labels; or a dictionary whose keys tell.
enum PickledArrays {
  /// - Throws: `FileError` of kind `badData` if the pickle has another structure, or if `part` is missing or not
  ///   chosen.
  static func read(
    _ bytes: Bytes, part: DataPart?, choice: NamedArrays.Choice, of file: InputFile
  ) throws -> NamedArrays.Pair {
    let value = try Unpickler.load(bytes, of: file)
    if case .dictionary = value {
      let found = entries(of: value, prefix: "", depth: 0)
      guard !found.isEmpty else { throw strange(value, file) }
      let named = NamedArrays(names: found.map(\.name)) { name in
        try stored(found.first { $0.name == name }!.value, called: name, file)
      }
      return try named.imagesAndLabels(part: part, choice: choice, of: file, kind: "pickle")
    }
    guard let items = value.items else {
      guard let alone = try array(value, file) else { throw strange(value, file) }
      return try NamedArrays.Pair(alone, of: file)
    }
    let areParts = (2...3).contains(items.count) && items.allSatisfy { $0.items?.count == 2 }
    if let pair = try pair(items, file) { return pair }
    if let examples = try examples(items, file) { return examples }
    guard areParts else {
      // The value is a list of pictures, or of labels.
      guard isArray(value), let alone = try array(value, file) else { throw strange(value, file) }
      return try NamedArrays.Pair(alone, of: file)
    }
    let names: [DataPart] = items.count == 2 ? [.train, .test] : [.train, .validation, .test]
    let listed = names.map(\.rawValue).joined(separator: ", ")
    guard let part else { throw file.malformed("holds the parts \(listed)", remedy: .choosePart) }
    guard let index = names.firstIndex(of: part) else {
      throw file.malformed("holds the parts \(listed), no \(part.rawValue)")
    }
    let chosen = items[index].items ?? []
    guard let images = try array(chosen[0], file)?.numbers, let labels = try array(chosen[1], file) else {
      throw file.malformed(
        "the part \(part.rawValue) is \(chosen[0].kind) and \(chosen[1].kind), not two arrays of numbers")
    }
    guard images.shape.count >= 2 else {
      throw file.malformed("the part \(part.rawValue) has images of shape \(images.shape)")
    }
    return NamedArrays.Pair(images: images, labels: labels)
  }

  /// A pair of images and labels, or of images and None; nil for other items.
  private static func pair(_ items: [PickleValue], _ file: InputFile) throws -> NamedArrays.Pair? {
    guard items.count == 2, isArray(items[0]) else { return nil }
    if case .none = items[1] { return try NamedArrays.Pair(stored(items[0], called: "images", file), of: file) }
    // Two pairs of lists are two parts.
    let arePairs = items.allSatisfy { $0.items?.count == 2 && $0.items!.allSatisfy(isArray) }
    guard isArray(items[1]), !arePairs else { return nil }
    return try NamedArrays.Pair(
      stored(items[0], called: "images", file), stored(items[1], called: "labels", file), of: file)
  }

  /// A list of pairs of a picture and its label; nil for other items.
  private static func examples(_ items: [PickleValue], _ file: InputFile) throws -> NamedArrays.Pair? {
    var (pictures, labels): ([PickleValue], [PickleValue]) = ([], [])
    for item in items {
      guard let pair = item.items, pair.count == 2, isArray(pair[0]), pair[1].number != nil || pair[1].string != nil
      else { return nil }
      pictures.append(pair[0])
      labels.append(pair[1])
    }
    guard let images = try stacked(pictures, file)?.numbers, let answers = try stacked(labels, file) else { return nil }
    return NamedArrays.Pair(images: images, labels: answers)
  }

  private static func strange(_ value: PickleValue, _ file: InputFile) -> FileError {
    let inner = value.items.map { " (\($0.prefix(4).map(\.kind).joined(separator: ", ")))" } ?? ""
    return file.malformed(
      "the pickle holds \(value.kind)\(inner), not two or three parts that are pairs of images and labels, nor a dict "
        + "of arrays"
    )
  }

  /// The arrays of a dictionary, with paths for inner dictionaries, `train/images`, and for inner pairs, `train/images`
  /// and `train/labels`.
  private static func entries(of value: PickleValue, prefix: String, depth: Int) -> [(name: String, value: PickleValue)]
  {
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

  /// Whether a value is an array, or a list that may form one.
  private static func isArray(_ value: PickleValue) -> Bool {
    switch value {
    case .array: true
    case .list(let list):
      switch list.items.first {
      case .array?, .int?, .float?, .bool?, .text?, .bytes?: true
      case .list(let inner)?: inner.items.first.map { $0.number != nil || isRow($0) } ?? false
      default: false
      }
    default: false
    }
  }

  /// Whether a value is a list of numbers.
  private static func isRow(_ value: PickleValue) -> Bool {
    if case .list(let list) = value { list.items.first?.number != nil } else { false }
  }

  private static func stored(_ value: PickleValue, called name: String, _ file: InputFile) throws -> StoredArray {
    guard let array = try array(value, file) else {
      throw file.malformed("'\(name)' is \(value.kind), not an array of numbers")
    }
    return array
  }

  /// An array; or a list of numbers, of texts, of lists, or of arrays of the same shape; nil for any other value.
  private static func array(_ value: PickleValue, _ file: InputFile) throws -> StoredArray? {
    switch value {
    case .array(let array): array.stored
    case .list(let list): try stacked(list.items, file)
    default: nil
    }
  }

  private static func stacked(_ items: [PickleValue], _ file: InputFile) throws -> StoredArray? {
    guard let first = items.first else { return nil }
    if first.number != nil {
      let bits = items.compactMap { $0.number?.bitPattern }
      guard bits.count == items.count else { return nil }
      return .numbers(NumberArray(.float64, isBigEndian: false, shape: [items.count], bytes: Bytes(littleEndian: bits)))
    }
    if first.string != nil {
      let texts = items.compactMap(\.string)
      return texts.count == items.count ? .texts(TextArray(texts)) : nil
    }
    guard let model = try array(first, file)?.numbers else { return nil }
    var bytes = BytesBuilder()
    for (place, item) in items.enumerated() {
      guard let part = try array(item, file)?.numbers else { return nil }
      guard part.shape == model.shape, part.element == model.element, part.isBigEndian == model.isBigEndian else {
        throw file.malformed("item \(place) of a list is an array of another shape or type than those before it")
      }
      try bytes.append(part.bytes)
    }
    let shape = [items.count] + model.shape
    return .numbers(NumberArray(model.element, isBigEndian: model.isBigEndian, shape: shape, bytes: try bytes.finish()))
  }
}
