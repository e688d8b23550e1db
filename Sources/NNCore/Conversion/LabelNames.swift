/// Labels from text: numbers if all labels are numbers, else names of classes.
struct LabelNames {
  private var numbers: [UInt16] = []
  /// The index in `names` of each name, once a label was not a number.
  private var places: [String: UInt16] = [:]
  private var names: [String] = []
  private var areNumbers = true

  var count: Int { numbers.count }

  mutating func append(number: Int) throws(Fault) {
    guard areNumbers, let label = UInt16(exactly: number) else { return try append(name: String(number)) }
    numbers.append(label)
  }

  /// - Throws: `Fault` if `value` is not a whole number.
  mutating func append(value: Double) throws(Fault) {
    guard let number = Int(exactly: value) else {
      throw Fault(description: "label '\(value)' is not a whole number or a name")
    }
    try append(number: number)
  }

  /// - Throws: `Fault` if `text` is not a label.
  mutating func append(_ text: String) throws(Fault) {
    if let number = Int(text) { return try append(number: number) }
    if let value = Double(text) { return try append(value: value) }
    guard !text.isEmpty else { throw Fault(description: "has an empty label") }
    try append(name: text)
  }

  private mutating func append(name: String) throws(Fault) {
    if areNumbers {
      areNumbers = false
      let earlier = numbers
      numbers = []
      for number in earlier { numbers.append(try place(of: String(number))) }
    }
    numbers.append(try place(of: name))
  }

  private mutating func place(of name: String) throws(Fault) -> UInt16 {
    if let place = places[name] { return place }
    guard let place = UInt16(exactly: names.count) else {
      throw Fault(description: "has more than 65536 different labels")
    }
    places[name] = place
    names.append(name)
    return place
  }

  struct Fault: Error {
    let description: String
  }

  /// A name as that of a class, which has no blanks: they become `_`.
  static func withoutBlanks(_ name: String) -> String { String(name.map { $0.isWhitespace ? "_" : $0 }) }

  /// The labels, and the names of the classes unless these are numbers. The classes are ordered: numbers by value, then
  /// names by bytes. Blanks in names become `_`.
  var resolved: (labels: [UInt16], classes: [String]?) {
    guard !areNumbers else { return (numbers, nil) }
    let order = names.indices.sorted { left, right in
      switch (Int(names[left]), Int(names[right])) {
      case (let left?, let right?): left < right
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): names[left].utf8.lexicographicallyPrecedes(names[right].utf8)
      }
    }
    var label = Array(repeating: UInt16(0), count: names.count)
    for (number, place) in order.enumerated() { label[place] = UInt16(number) }
    let classes = order.map { Self.withoutBlanks(names[$0]) }
    return (numbers.map { label[Int($0)] }, classes)
  }
}
