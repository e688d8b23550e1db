/// The labels in an array: a number or a text for each example, or a one-hot row.
struct LabelArray {
  let values: [UInt16]
  /// The names of the classes; nil if they are numbers.
  let classes: [String]?

  init(values: [UInt16], classes: [String]?) {
    (self.values, self.classes) = (values, classes)
  }

  /// - Throws: `FileError` of kind `badData` with the place of the first element that is not a label.
  init(_ array: StoredArray, of file: InputFile) throws {
    switch array {
    case .numbers(let numbers): (values, classes) = (try Self.values(of: numbers, file), nil)
    case .texts(let texts):
      var names = LabelNames()
      for place in 0..<texts.count {
        do {
          try names.append(texts[place])
        } catch {
          throw file.malformed("label \(place): \(error.description)")
        }
      }
      (values, classes) = names.resolved
    }
  }

  /// The labels with the names of their classes, unless these are known, or there are none. Blanks in names become `_`.
  ///
  /// - Throws: `FileError` of kind `badData` if a label has no name, or names are empty or the same.
  func named(_ names: [String]?, of file: InputFile) throws -> LabelArray {
    guard let names, classes == nil else { return self }
    if let place = values.firstIndex(where: { $0 >= names.count }) {
      throw file.malformed("label \(place) is \(values[place]), and there are \(names.count) names of classes")
    }
    let classes = names.map(LabelNames.withoutBlanks)
    guard !classes.contains(""), Set(classes).count == classes.count else {
      throw file.malformed("the names of the classes are not all different, or some are empty")
    }
    return LabelArray(values: values, classes: classes)
  }

  /// The labels in an array that could also hold examples: a column or one-hot rows; nil for any other array.
  init?(insteadOfExamples numbers: NumberArray, of file: InputFile) {
    guard numbers.shape.count == 2, numbers.shape[0] > 0 else { return nil }
    let found =
      numbers.shape[1] == 1
      ? try? Self.values(of: numbers, file) : Self.placesOfOnes(numbers) ?? Self.classesOfNIST(numbers)
    guard let found else { return nil }
    (values, classes) = (found, nil)
  }

  private static func values(of numbers: NumberArray, _ file: InputFile) throws -> [UInt16] {
    let isColumn = numbers.shape.dropFirst().allSatisfy { $0 == 1 }
    if !isColumn, let labels = placesOfOnes(numbers) ?? classesOfNIST(numbers) { return labels }
    // MATLAB stores labels in a row.
    guard isColumn || numbers.shape.count == 2 && numbers.shape[0] == 1 else {
      throw file.malformed("labels have shape \(numbers.shape), not one number an example")
    }
    var labels: [UInt16] = []
    labels.reserveCapacity(numbers.count)
    var stranger: Double?
    numbers.forEachBlock { _, block in
      guard stranger == nil else { return }
      _ = block.allSatisfy { _, value in
        guard let label = UInt16(exactly: value) else {
          stranger = value
          return false
        }
        labels.append(label)
        return true
      }
    }
    guard let stranger else { return labels }
    throw file.malformed("label \(labels.count) is \(stranger), not a whole number of 0 to 65535")
  }

  /// The labels in rows of eight whole numbers as QMNIST has them (https://github.com/facebookresearch/qmnist): the
  /// class, the series of forms (0 to 8), the writer, the digit's number for the writer, NIST's class, which is a
  /// character's code, and three more. Nil for any other array.
  private static func classesOfNIST(_ numbers: NumberArray) -> [UInt16]? {
    guard numbers.shape.count == 2, numbers.shape[1] == 8 else { return nil }
    var classes: [UInt16] = []
    classes.reserveCapacity(numbers.shape[0])
    var isSound = true
    numbers.forEachBlock { start, block in
      isSound =
        isSound
        && block.allSatisfy { index, value in
          switch (start + index) % 8 {
          case 0:
            guard let label = UInt16(exactly: value) else { return false }
            classes.append(label)
            return true
          case 1: return (0...8).contains(value)
          case 4: return (0x30...0x7a).contains(value)
          default: return value >= 0
          }
        }
    }
    return isSound ? classes : nil
  }

  /// The labels of one-hot rows, as Keras' `to_categorical` makes them; nil if any row is not one-hot.
  private static func placesOfOnes(_ numbers: NumberArray) -> [UInt16]? {
    guard numbers.shape.count == 2, (2...65536).contains(numbers.shape[1]) else { return nil }
    let width = numbers.shape[1]
    var places = [Int](repeating: -1, count: numbers.shape[0])
    var isSound = true
    numbers.forEachBlock { start, block in
      isSound =
        isSound
        && block.allSatisfy { index, value in
          guard value != 0 else { return true }
          let (row, column) = (start + index).quotientAndRemainder(dividingBy: width)
          guard value == 1, places[row] < 0 else { return false }
          places[row] = column
          return true
        }
    }
    return isSound && !places.contains(-1) ? places.map { UInt16($0) } : nil
  }
}
