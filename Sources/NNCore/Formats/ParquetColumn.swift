/// A column of a Parquet file: its name, the type of its values, and how deep it is nested.
struct ParquetColumn {
  /// The names from the outermost structure to the column.
  var path: [String] = []
  var type = ParquetType.boolean
  /// The level that a value has which is there; lower levels tell which structure around it is absent.
  var definitionLevel = 0
  /// In how many lists, one within the other, it is: 0 if each row has one value at most.
  var repetitionLevel = 0

  var name: String { path.joined(separator: ".") }
}

/// How the values of a column are stored, and what they mean.
enum ParquetType: Equatable {
  case boolean
  case int32(isUnsigned: Bool)
  case int64(isUnsigned: Bool)
  case float, double
  case text
  /// Bytes that are no text, such as a picture's.
  case bytes
  /// Half-precision numbers.
  case float16
  /// A type that no number or picture comes in.
  case other(String)

  /// A word for it in messages.
  var title: String {
    switch self {
    case .boolean: "boolean"
    case .int32(let isUnsigned): isUnsigned ? "uint32" : "int32"
    case .int64(let isUnsigned): isUnsigned ? "uint64" : "int64"
    case .float: "float"
    case .double: "double"
    case .text: "text"
    case .bytes: "bytes"
    case .float16: "float16"
    case .other(let title): title
    }
  }

  var isNumber: Bool {
    switch self {
    case .text, .bytes, .other: false
    default: true
    }
  }
}
