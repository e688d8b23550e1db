/// The images and labels among the variables of a MATLAB file.
///
/// SVHN's files have `X` of rows × columns × channels × examples and `y`, in which 10 stands for the digit 0. EMNIST's
/// have a structure `dataset` with `train.images` of examples × pixels, column by column, `train.labels`, the same of
/// `test`, and `mapping` from labels to character codes.
struct MATLABArrays {
  /// What was found: images in C order, labels, the names of classes if the file tells them, and a note for the user.
  struct Found {
    var pair: NamedArrays.Pair
    var classes: [String]?
    var note: String?
  }

  /// The variables and the fields of structures, with paths such as `train/images`. The name of a structure that is the
  /// only variable is left out.
  private let entries: [(name: String, value: MATLAB.Value)]
  private let isEMNIST: Bool
  private let file: InputFile

  init(_ matlab: MATLAB, of file: InputFile) {
    let alone = matlab.variables.count == 1 ? matlab.variables[0] : nil
    if let alone, case .structure(let fields) = alone.value {
      entries = fields.flatMap { Self.entries(of: $0.value, named: $0.name) }
    } else {
      entries = matlab.variables.flatMap { Self.entries(of: $0.value, named: $0.name) }
    }
    isEMNIST = alone?.name == "dataset" && entries.contains { $0.name == "mapping" }
    self.file = file
  }

  private static func entries(
    of value: MATLAB.Value, named name: String
  ) -> [(name: String, value: MATLAB.Value)] {
    guard case .structure(let fields) = value else { return [(name, value)] }
    return fields.flatMap { entries(of: $0.value, named: name + "/" + $0.name) }
  }

  /// - Throws: `FileError` of kind `badData` if it isn't plain which arrays are wanted, or they can't be images or
  ///   labels.
  func found(part: DataPart?, choice: NamedArrays.Choice) throws -> Found {
    let arrays = entries.filter { entry in
      if case .numbers = entry.value { !isEMNIST || entry.name != "mapping" } else { false }
    }
    guard !arrays.isEmpty else {
      let listed = entries.prefix(8).map { "\($0.name) (\(Self.title($0.value)))" }.joined(separator: ", ")
      throw file.malformed("matlab: holds no arrays of numbers\(listed.isEmpty ? "" : ", only \(listed)")")
    }
    let named = NamedArrays(names: arrays.map(\.name)) { name in
      .numbers(Self.flattened(numbers(name)!, isImages: NamedArrays.Role(name).kind == .images))
    }
    let pair = try named.imagesAndLabels(part: part, choice: choice, of: file, kind: "file")
    var found = Found(pair: pair)
    if let labels = pair.labels?.numbers {
      // One-hot rows.
      let rows = labels.shape.count == 2 ? try labels.transposed([1, 0]) : labels
      found.pair = NamedArrays.Pair(images: pair.images, labels: .numbers(rows))
    }
    if isEMNIST, let mapping = numbers("mapping"), let images = pair.images {
      return try emnist(found, images: images, mapping: mapping)
    }
    let count = found.pair.labels?.shape.first
    let images = try pair.images.map { try $0.transposed(Self.axes($0, exampleCount: count)) }
    found.pair = NamedArrays.Pair(images: images, labels: found.pair.labels)
    if let svhn = Self.labelsOfSVHN(found.pair) {
      found.pair = NamedArrays.Pair(images: images, labels: svhn)
      found.note = "label 10 taken for the digit 0"
    }
    if case .texts(let names)? = entries.first(where: { $0.name == "classes" })?.value,
      found.pair.labels?.numbers?.allSatisfy({ $1 < Double(names.count) }) == true
    {
      found.classes = names
    }
    return found
  }

  private func numbers(_ name: String) -> NumberArray? {
    if case .numbers(let array)? = entries.first(where: { $0.name == name })?.value { array } else { nil }
  }

  private static func title(_ value: MATLAB.Value) -> String {
    switch value {
    case .numbers: "numbers"
    case .texts: "text"
    case .structure: "a structure"
    case .other(let title): title
    }
  }

  /// MATLAB has no arrays of one dimension: a row or column that holds no images becomes one.
  private static func flattened(_ array: NumberArray, isImages: Bool) -> NumberArray {
    guard !isImages, array.shape.filter({ $0 != 1 }).count <= 1 else { return array }
    return NumberArray(array.element, isBigEndian: array.isBigEndian, shape: [array.count], bytes: array.bytes)
  }

  /// The order of axes that puts examples first, then rows, columns and channels.
  ///
  /// - Parameters:
  ///   - images: of MATLAB's shape turned round.
  ///   - exampleCount: the number of labels, if there are any.
  private static func axes(_ images: NumberArray, exampleCount: Int?) -> [Int] {
    let shape = Array(images.shape.reversed())
    let isLast: Bool
    if let exampleCount, (shape.first == exampleCount) != (shape.last == exampleCount) {
      isLast = shape.last == exampleCount
    } else {
      // MATLAB puts pictures beside each other along the last axis, other programs along the first.
      isLast = shape.count > 2 && !(shape[1] == shape[2] && shape[0] != shape[1])
    }
    let own = Array(shape.indices)
    return (isLast ? [own.last!] + own.dropLast() : own).map { shape.count - 1 - $0 }
  }

  /// EMNIST's pictures row by row, and its labels with the characters that they stand for.
  private func emnist(_ found: Found, images: NumberArray, mapping: NumberArray) throws -> Found {
    guard images.shape.count == 2, let side = PictureShape.side(of: images.shape[0]), mapping.shape.count == 2 else {
      throw file.malformed("matlab: 'dataset' is not EMNIST's")
    }
    let shape = [side, side, images.shape[1]]
    let pictures = try NumberArray(images.element, isBigEndian: images.isBigEndian, shape: shape, bytes: images.bytes)
      .transposed([2, 1, 0])
    var result = Found(
      pair: NamedArrays.Pair(images: pictures, labels: found.pair.labels),
      note: "pictures transposed, as EMNIST's have to be")
    guard let labels = found.pair.labels, let names = Self.characters(of: mapping) else { return result }
    let places = try LabelArray(labels, of: file).values.map { label in
      guard let place = names.firstIndex(where: { $0.label == Double(label) }) else {
        throw file.malformed("matlab: label \(label) is not in 'mapping'")
      }
      return UInt32(place)
    }
    let numbers = NumberArray(.uint32, isBigEndian: false, shape: [places.count], bytes: Bytes(littleEndian: places))
    result.pair = NamedArrays.Pair(images: pictures, labels: .numbers(numbers))
    result.classes = names.map(\.character)
    return result
  }

  /// The rows of EMNIST's mapping: a label, then the codes of its characters, of which the first is taken; nil if they
  /// are no such codes.
  private static func characters(of mapping: NumberArray) -> [(label: Double, character: String)]? {
    var rows: [(label: Double, character: String)] = []
    let (count, width) = (mapping.shape[1], mapping.shape[0])
    guard width >= 2 else { return nil }
    var values: [Double] = []
    _ = mapping.allSatisfy { _, value in
      values.append(value)
      return true
    }
    for row in 0..<count {
      guard let code = UInt8(exactly: values[count + row]), (33...126).contains(code) else { return nil }
      rows.append((values[row], String(Unicode.Scalar(code))))
    }
    return rows
  }

  /// Labels of 1 to 10 of coloured pictures, with 10 made 0; nil for any other.
  private static func labelsOfSVHN(_ pair: NamedArrays.Pair) -> StoredArray? {
    guard let images = pair.images, images.shape.count == 4, images.shape[3] == 3,
      let labels = pair.labels?.numbers, labels.shape.count == 1
    else { return nil }
    var digits: [UInt8] = []
    let areDigits = labels.allSatisfy { _, value in
      guard (1...10).contains(value), let label = UInt8(exactly: value) else { return false }
      digits.append(label % 10)
      return true
    }
    guard areDigits, digits.contains(0) else { return nil }
    return .numbers(NumberArray(.uint8, isBigEndian: false, shape: labels.shape, bytes: Bytes(digits)))
  }
}
