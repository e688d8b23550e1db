/// Values of a column of a Parquet file, in their order.
enum ParquetValues {
  /// Numbers as `Double`, exact except for integers beyond 2⁵³.
  case numbers([Double])
  /// Texts or other bytes, which share the memory of their page.
  case bytes([Bytes])

  var count: Int {
    switch self {
    case .numbers(let numbers): numbers.count
    case .bytes(let bytes): bytes.count
    }
  }

  /// The values that stand plainly one after the other.
  ///
  /// - Throws: `ParquetFault` if there are fewer than `count`.
  init(plain bytes: Bytes, _ type: ParquetType, count: Int) throws {
    func numbers<Word: FixedWidthInteger & BitwiseCopyable>(
      _ word: Word.Type, _ value: (Word) -> Double
    ) throws -> ParquetValues {
      let size = MemoryLayout<Word>.size
      guard count <= bytes.count / size else { throw ParquetFault(message: "holds fewer than \(count) values") }
      return .numbers((0..<count).map { value(bytes.little(size * $0, as: word)) })
    }
    switch type {
    case .boolean:
      guard count <= bytes.count * 8 else { throw ParquetFault(message: "holds fewer than \(count) values") }
      self = .numbers((0..<count).map { Double(bytes[$0 / 8] >> UInt8($0 % 8) & 1) })
    case .int32(isUnsigned: false): self = try numbers(Int32.self) { Double($0) }
    case .int32(isUnsigned: true): self = try numbers(UInt32.self) { Double($0) }
    case .int64(isUnsigned: false): self = try numbers(Int64.self) { Double($0) }
    case .int64(isUnsigned: true): self = try numbers(UInt64.self) { Double($0) }
    case .float: self = try numbers(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .double: self = try numbers(UInt64.self) { Double(bitPattern: $0) }
    case .float16: self = try numbers(UInt16.self) { Double(Float(halfBits: $0)) }
    case .text, .bytes: self = .bytes(try Self.texts(bytes, count: count))
    case .other(let title): throw ParquetFault(message: "holds values of type \(title)")
    }
  }

  /// Each value has its length before it.
  private static func texts(_ bytes: Bytes, count: Int) throws -> [Bytes] {
    guard count <= bytes.count / 4 else { throw ParquetFault(message: "holds fewer than \(count) values") }
    var texts: [Bytes] = []
    texts.reserveCapacity(count)
    var place = 0
    for _ in 0..<count {
      guard bytes.count - place >= 4 else { throw ParquetFault(message: "holds fewer than \(count) values") }
      let size = Int(bytes.little(place, as: UInt32.self))
      place += 4
      guard size <= bytes.count - place else { throw ParquetFault(message: "a value is longer than its page") }
      texts.append(bytes[place..<place + size])
      place += size
    }
    return texts
  }

  /// The values of a dictionary in the order of `places`.
  ///
  /// - Throws: `ParquetFault` if a place is beyond the dictionary.
  func chosen(_ places: [UInt32]) throws -> ParquetValues {
    func chosen<Value>(_ values: [Value]) throws -> [Value] {
      try places.map { place in
        guard Int(place) < values.count else {
          throw ParquetFault(message: "asks for value \(place) of a dictionary of \(values.count)")
        }
        return values[Int(place)]
      }
    }
    return switch self {
    case .numbers(let numbers): .numbers(try chosen(numbers))
    case .bytes(let bytes): .bytes(try chosen(bytes))
    }
  }
}
