/// A Python object in a pickle of NumPy arrays. NumPy's scalars become plain numbers and text.
enum PickleValue {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  /// Bytes, or a Python 2 string.
  case bytes(Bytes)
  case text(String)
  case tuple([PickleValue], depth: Int)
  case list(PickleList)
  case dictionary(PickleList)
  case global(PickleGlobal)
  case elementType(PickleElementType)
  case array(PickleArray)

  /// A tuple's or list's items.
  var items: [PickleValue]? {
    switch self {
    case .tuple(let items, _): items
    case .list(let list): list.items
    default: nil
    }
  }

  var int: Int? {
    switch self {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  var number: Double? {
    if case .float(let value) = self { value } else { int.map(Double.init) }
  }

  /// Text, or a Python 2 string.
  var string: String? {
    switch self {
    case .text(let text): text
    case .bytes(let bytes): String(validating: [UInt8](bytes), as: UTF8.self)
    default: nil
    }
  }

  /// The name of the kind of value for errors.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a bool"
    case .int: "an int"
    case .float: "a float"
    case .bytes: "bytes"
    case .text: "a string"
    case .tuple(let items, _): "a tuple of \(items.count)"
    case .list(let list): "a list of \(list.items.count)"
    case .dictionary(let list): "a dict of \(list.items.count / 2)"
    case .global(let global): global.rawValue
    case .elementType: "a dtype"
    case .array(let array): "an array of \(array.stored?.shape.map(String.init).joined(separator: " x ") ?? "nothing")"
    }
  }

  var depth: Int {
    switch self {
    case .tuple(_, let depth): depth
    case .list(let list), .dictionary(let list): list.depth
    default: 0
    }
  }
}

extension PickleValue {
  /// Notes that another container now holds the value.
  func hold() {
    switch self {
    case .list(let list), .dictionary(let list): list.isHeld = true
    default: break
    }
  }
}
