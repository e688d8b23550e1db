// The calls in a pickle that make NumPy's arrays, types and scalars; all others are refused.

extension Unpickler {
  mutating func pushGlobal(module: String, name: String) throws {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw fault("refers to '\(module).\(name)', which no pickle of arrays needs: refused, and nothing was run")
    }
    try push(.global(global))
  }

  func reduce(_ callable: PickleValue, _ arguments: [PickleValue]) throws -> PickleValue {
    guard case .global(let global) = callable else { throw fault("calls \(callable.kind)") }
    switch global {
    case .reconstruct:
      guard case .global(.ndarray)? = arguments.first else { throw fault("makes an array of an unknown class") }
      return .array(PickleArray())
    case .dtype:
      guard let code = arguments.first?.string else { throw fault("a dtype has no code") }
      return .elementType(PickleElementType(code: code))
    case .encode:
      guard arguments.count == 2, let text = arguments[0].string,
        ["latin1", "latin-1"].contains(arguments[1].string)
      else { throw fault("encodes something other than Latin-1 text") }
      return .bytes(
        Bytes(
          try text.unicodeScalars.map {
            guard let byte = UInt8(exactly: $0.value) else { throw fault("encodes what is not Latin-1") }
            return byte
          }))
    case .bytes where arguments.isEmpty: return .bytes(Bytes([]))
    case .fromBuffer:
      guard arguments.count == 4, case .bytes(let data) = arguments[0], case .elementType(let type) = arguments[1],
        let order = arguments[3].string
      else { throw fault("an array's buffer is not as NumPy writes it") }
      let array = PickleArray()
      array.stored = try self.array(of: arguments[2], type: type, isFortran: order == "F", data: data)
      return .array(array)
    case .scalar:
      guard arguments.count == 2, case .elementType(let type) = arguments[0], case .bytes(let data) = arguments[1]
      else {
        throw fault("a scalar is not as NumPy writes it")
      }
      return scalar(try self.array(of: .tuple([], depth: 1), type: type, isFortran: false, data: data))
    case .orderedDictionary:
      let pairs = arguments.first?.items ?? []
      guard arguments.count <= 1, pairs.allSatisfy({ $0.items?.count == 2 }) else {
        throw fault("a dict is not of pairs")
      }
      return .dictionary(newList(pairs.flatMap { $0.items! }))
    case .ndarray, .bytes: throw fault("calls \(global.rawValue)")
    }
  }

  /// The element of an array without dimensions.
  private func scalar(_ array: StoredArray) -> PickleValue {
    switch array {
    case .texts(let texts): return .text(texts[0])
    case .numbers(let numbers):
      var number = 0.0
      _ = numbers.allSatisfy { _, value in
        number = value
        return true
      }
      guard numbers.element.precision == nil, let whole = Int(exactly: number) else { return .float(number) }
      return .int(whole)
    }
  }

  mutating func build(_ state: PickleValue) throws {
    let items = state.items ?? []
    switch stack.last {
    case .elementType(let type)?:
      guard items.count >= 6, let order = items[1].string, ["<", ">", "|", "="].contains(order) else {
        throw fault("a dtype's state is not as NumPy writes it")
      }
      type.isBigEndian = order == ">"
    case .array(let array)?:
      guard items.count == 5, case .elementType(let type) = items[2], let isFortran = items[3].int else {
        throw fault("an array's state is not as NumPy writes it")
      }
      if case .list(let list) = items[4], type.code.hasPrefix("O") {
        array.stored = try plain(list.items, shape: items[1], isFortran: isFortran != 0)
        return
      }
      guard case .bytes(let data) = items[4] else { throw fault("an array's data is \(items[4].kind)") }
      array.stored = try self.array(of: items[1], type: type, isFortran: isFortran != 0, data: data)
    default: throw fault("sets the state of what has none")
    }
  }

  private func array(of shape: PickleValue, type: PickleElementType, isFortran: Bool, data: Bytes) throws -> StoredArray
  {
    guard let element = type.element else {
      throw fault("an array has the dtype '\(type.code)', which holds neither plain numbers nor text")
    }
    let shape = try sides(shape, elementSize: element.size, total: data.count)
    guard
      let array = try StoredArray(data, shape: shape, of: element, isBigEndian: type.isBigEndian, isFortran: isFortran)
    else {
      throw fault("an array holds text of shape \(shape)")
    }
    return array
  }

  /// The array of objects that are all numbers or all text.
  private func plain(_ items: [PickleValue], shape: PickleValue, isFortran: Bool) throws -> StoredArray {
    let shape = try sides(shape, elementSize: 1, total: items.count)
    let numbers = items.compactMap(\.number)
    if numbers.count == items.count {
      let bytes = Bytes(littleEndian: numbers.map(\.bitPattern))
      if let array = try StoredArray(
        bytes, shape: shape, of: .number(.float64), isBigEndian: false, isFortran: isFortran)
      {
        return array
      }
    }
    let texts = items.compactMap(\.string)
    guard texts.count == items.count, shape.dropFirst().allSatisfy({ $0 == 1 }) else {
      throw fault("an array holds Python objects, not numbers")
    }
    return .texts(TextArray(texts))
  }

  /// - Throws: `FileError` unless elements of this shape take `total` bytes.
  private func sides(_ shape: PickleValue, elementSize: Int, total: Int) throws -> [Int] {
    let shape = try (shape.items ?? []).map { item in
      guard let length = item.int, length >= 0 else { throw fault("an array's shape is not of whole numbers") }
      return length
    }
    guard let size = StoredArray.size(of: shape, elementSize: elementSize) else {
      throw fault("an array's shape overflows")
    }
    guard size == total else { throw fault("an array takes \(size) bytes by its shape and has \(total)") }
    return shape
  }
}
