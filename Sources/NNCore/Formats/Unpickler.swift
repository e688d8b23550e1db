/// Parses a Python pickle (protocols 0 to 5) of NumPy arrays without running its code.
///
/// Only the names in `PickleGlobal` are known; a pickle that refers to another name is refused. Instances of classes,
/// out-of-band buffers and persistent references are refused too.
struct Unpickler {
  private let bytes: Bytes
  private let file: InputFile
  private var position = 0
  /// The place of the current opcode, for errors.
  private var opcodeOffset = 0
  var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]

  /// The maximum depth: more than any pickle of arrays has, and small enough to be freed without a deep stack.
  private static let deepest = 64

  /// - Throws: `FileError` of kind `badData` with the offset in the decompressed pickle.
  static func load(_ bytes: Bytes, of file: InputFile) throws -> PickleValue {
    var unpickler = Unpickler(bytes: bytes, file: file)
    return try unpickler.run()
  }

  /// Whether the bytes look like a pickle: they begin with the mark of protocol 2 or later, or with an opcode that
  /// begins older pickles, and end with the stop opcode.
  static func recognizes(_ bytes: Bytes) -> Bool {
    guard bytes.count >= 2 else { return false }
    if bytes[0] == 0x80 { return (2...5).contains(bytes[1]) }
    return Array("(]}c".utf8).contains(bytes[0]) && bytes[bytes.count - 1] == UInt8(ascii: ".")
  }

  private init(bytes: Bytes, file: InputFile) {
    (self.bytes, self.file) = (bytes, file)
  }

  func fault(_ message: String) -> FileError {
    file.malformed("pickle: \(message)", at: .byte(opcodeOffset))
  }

  // MARK: Reading arguments

  private mutating func take(_ count: Int) throws -> Bytes {
    guard count >= 0, count <= bytes.count - position else { throw fault("ends early") }
    defer { position += count }
    return bytes[position..<position + count]
  }

  private mutating func integer<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type) throws -> Int {
    let word = try take(MemoryLayout<Word>.size).little(0, as: type)
    guard let value = Int(exactly: word) else { throw fault("a length is out of range") }
    return value
  }

  private mutating func line() throws -> [UInt8] {
    var end = position
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    guard end < bytes.count else { throw fault("ends early") }
    defer { position = end + 1 }
    return Array(bytes[position..<end])
  }

  private mutating func textLine() throws -> String {
    String(decoding: try line(), as: UTF8.self)
  }

  private mutating func lineInteger() throws -> Int {
    let text = try textLine()
    guard let value = Int(text.hasSuffix("L") ? String(text.dropLast()) : text) else {
      throw fault("'\(text.prefix(20))' is not a whole number")
    }
    return value
  }

  private mutating func utf8(_ count: Int) throws -> PickleValue {
    guard let text = String(validating: [UInt8](try take(count)), as: UTF8.self) else {
      throw fault("text is not UTF-8")
    }
    return .text(text)
  }

  /// A little-endian two's complement integer of `count` bytes.
  private mutating func long(_ count: Int) throws -> PickleValue {
    let digits = [UInt8](try take(count))
    guard count <= 8 else { throw fault("an integer is out of range") }
    let fill: UInt8 = (digits.last ?? 0) & 0x80 == 0 ? 0 : 0xff
    let padded = digits + Array(repeating: fill, count: 8 - count)
    return .int(Int(Bytes(padded).little(0, as: Int64.self)))
  }

  // MARK: The stack

  private mutating func pop() throws -> PickleValue {
    guard stack.count > (marks.last ?? 0) else { throw fault("takes from an empty stack") }
    return stack.removeLast()
  }

  private mutating func popToMark() throws -> [PickleValue] {
    guard let mark = marks.popLast() else { throw fault("has no mark") }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  mutating func push(_ value: PickleValue) throws {
    guard value.depth <= Self.deepest else { throw fault("is nested too deeply") }
    stack.append(value)
  }

  private mutating func pushTuple(_ items: [PickleValue]) throws {
    for item in items { item.hold() }
    try push(.tuple(items, depth: 1 + (items.map(\.depth).max() ?? 0)))
  }

  /// A list of `items`, or a dictionary whose `items` alternate keys and values.
  func newList(_ items: [PickleValue] = []) -> PickleList {
    let list = PickleList()
    for item in items {
      item.hold()
      list.append(item)
    }
    return list
  }

  private mutating func extend(_ items: [PickleValue], dictionary: Bool) throws {
    for item in items { item.hold() }
    switch stack.last {
    case .list(let list)? where !dictionary, .dictionary(let list)? where dictionary:
      guard !dictionary || items.count % 2 == 0 else { throw fault("a key has no value") }
      guard !list.isHeld else { throw fault("adds items to a container that is within another") }
      items.forEach(list.append)
      guard list.depth <= Self.deepest else { throw fault("is nested too deeply") }
    default: throw fault("adds items to what is no \(dictionary ? "dict" : "list")")
    }
  }

  private mutating func remember(_ index: Int) throws {
    guard let top = stack.last else { throw fault("takes from an empty stack") }
    memo[index] = top
  }

  private mutating func recall(_ index: Int) throws {
    guard let value = memo[index] else { throw fault("refers to entry \(index) of its memo, which is not there") }
    try push(value)
  }

  // MARK: The machine

  private mutating func run() throws -> PickleValue {
    while true {
      opcodeOffset = position
      let opcode = try take(1)[0]
      if opcode == UInt8(ascii: ".") {
        let result = try pop()
        guard position == bytes.count else { throw file.malformed("bytes follow the pickle", at: .byte(position)) }
        return result
      }
      try execute(opcode)
    }
  }

  private mutating func execute(_ opcode: UInt8) throws {
    switch opcode {
    case 0x80:
      let version = try integer(UInt8.self)
      guard version <= 5 else { throw fault("has protocol \(version), where 0 to 5 are known") }
    case 0x95: _ = try integer(UInt64.self)  // FRAME: only a hint for reading ahead.
    case UInt8(ascii: "("): marks.append(stack.count)
    case UInt8(ascii: "0"): _ = try pop()
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"):
      let top = try pop()
      try push(top)
      try push(top)
    case UInt8(ascii: "p"): try remember(lineInteger())
    case UInt8(ascii: "q"): try remember(integer(UInt8.self))
    case UInt8(ascii: "r"): try remember(integer(UInt32.self))
    case 0x94: try remember(memo.count)
    case UInt8(ascii: "g"): try recall(lineInteger())
    case UInt8(ascii: "h"): try recall(integer(UInt8.self))
    case UInt8(ascii: "j"): try recall(integer(UInt32.self))
    case UInt8(ascii: "c"):
      let module = try textLine()
      try pushGlobal(module: module, name: textLine())
    case 0x93:
      let name = try pop().string
      guard let module = try pop().string, let name else { throw fault("a global has no name") }
      try pushGlobal(module: module, name: name)
    case UInt8(ascii: "R"):
      let arguments = try pop().items ?? []
      try push(reduce(pop(), arguments))
    case UInt8(ascii: "b"): try build(pop())
    default:
      if try !pushContainer(opcode), try !pushScalar(opcode) {
        throw fault("has opcode 0x\(String(opcode, radix: 16)), which no pickle of arrays needs")
      }
    }
  }

  private mutating func pushContainer(_ opcode: UInt8) throws -> Bool {
    switch opcode {
    case UInt8(ascii: ")"): try pushTuple([])
    case UInt8(ascii: "t"): try pushTuple(popToMark())
    case 0x85, 0x86, 0x87:
      let items = try (0..<Int(opcode) - 0x84).map { _ in try pop() }
      try pushTuple(items.reversed())
    case UInt8(ascii: "]"): try push(.list(newList()))
    case UInt8(ascii: "l"): try push(.list(newList(popToMark())))
    case UInt8(ascii: "}"): try push(.dictionary(newList()))
    case UInt8(ascii: "d"): try push(.dictionary(newList(popToMark())))
    case UInt8(ascii: "a"): try extend([pop()], dictionary: false)
    case UInt8(ascii: "e"): try extend(popToMark(), dictionary: false)
    case UInt8(ascii: "s"):
      let value = try pop()
      try extend([pop(), value], dictionary: true)
    case UInt8(ascii: "u"): try extend(popToMark(), dictionary: true)
    default: return false
    }
    return true
  }

  private mutating func pushScalar(_ opcode: UInt8) throws -> Bool {
    switch opcode {
    case UInt8(ascii: "N"): try push(.none)
    case 0x88: try push(.bool(true))
    case 0x89: try push(.bool(false))
    case UInt8(ascii: "J"): try push(.int(integer(Int32.self)))
    case UInt8(ascii: "K"): try push(.int(integer(UInt8.self)))
    case UInt8(ascii: "M"): try push(.int(integer(UInt16.self)))
    case UInt8(ascii: "I"), UInt8(ascii: "L"): try push(.int(lineInteger()))
    case 0x8a: try push(long(integer(UInt8.self)))
    case 0x8b: try push(long(integer(Int32.self)))
    case UInt8(ascii: "F"):
      let text = try textLine()
      guard let value = Double(text) else { throw fault("'\(text.prefix(20))' is not a number") }
      try push(.float(value))
    case UInt8(ascii: "G"): try push(.float(Double(bitPattern: take(8).big(0, as: UInt64.self))))
    case UInt8(ascii: "S"): try push(.bytes(Bytes(quotedLine())))
    case UInt8(ascii: "V"): try push(.text(rawUnicodeLine()))
    case UInt8(ascii: "U"), UInt8(ascii: "C"): try push(.bytes(take(integer(UInt8.self))))
    case UInt8(ascii: "T"): try push(.bytes(take(integer(Int32.self))))
    case UInt8(ascii: "B"): try push(.bytes(take(integer(UInt32.self))))
    case 0x8e, 0x96: try push(.bytes(take(integer(UInt64.self))))
    case 0x8c: try push(utf8(integer(UInt8.self)))
    case UInt8(ascii: "X"): try push(utf8(integer(UInt32.self)))
    case 0x8d: try push(utf8(integer(UInt64.self)))
    default: return false
    }
    return true
  }

  /// The argument of STRING: a quoted Python 2 string with its escapes.
  private mutating func quotedLine() throws -> [UInt8] {
    let text = try line()
    guard text.count >= 2, let quote = text.first, quote == text.last, quote == 0x27 || quote == 0x22 else {
      throw fault("a string has no quotes")
    }
    var result: [UInt8] = []
    var rest = text.dropFirst().dropLast()
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        continue
      }
      switch rest.popFirst() {
      case UInt8(ascii: "n"): result.append(0x0a)
      case UInt8(ascii: "r"): result.append(0x0d)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "a"): result.append(0x07)
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0c)
      case UInt8(ascii: "v"): result.append(0x0b)
      case UInt8(ascii: "x"):
        guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
          throw fault("a string has a bad escape")
        }
        rest = rest.dropFirst(2)
        result.append(value)
      case let other? where [0x5c, 0x27, 0x22].contains(other): result.append(other)
      default: throw fault("a string has a bad escape")
      }
    }
    return result
  }

  /// The argument of UNICODE: Latin-1 bytes, with code points as `\u` with four digits or `\U` with eight.
  private mutating func rawUnicodeLine() throws -> String {
    var result = String.UnicodeScalarView()
    var rest = try line()[...]
    while let byte = rest.popFirst() {
      let digits =
        byte != UInt8(ascii: "\\") ? 0 : rest.first == UInt8(ascii: "u") ? 4 : rest.first == UInt8(ascii: "U") ? 8 : 0
      guard digits > 0 else {
        result.append(Unicode.Scalar(byte))
        continue
      }
      let code = String(decoding: rest.dropFirst().prefix(digits), as: UTF8.self)
      guard code.utf8.count == digits, let scalar = UInt32(code, radix: 16).flatMap(Unicode.Scalar.init) else {
        throw fault("a string has a bad escape")
      }
      rest = rest.dropFirst(1 + digits)
      result.append(scalar)
    }
    return String(result)
  }
}
