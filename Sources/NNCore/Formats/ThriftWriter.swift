/// Writes Thrift's compact protocol, in which Parquet keeps its metadata; see `ThriftReader`.
package struct ThriftWriter {
  package private(set) var bytes: [UInt8] = []
  /// The number of the field that was written last in the structure at hand.
  private var lastField = 0

  package init() {}

  package mutating func put(_ number: Int, at field: Int, as kind: ThriftReader.Kind = .int32) {
    begin(field, kind)
    putZigzag(number)
  }

  package mutating func put(_ text: String, at field: Int) {
    begin(field, .binary)
    put(text)
  }

  /// Writes a list whose elements `putElement` writes.
  package mutating func put<Element>(
    _ list: [Element], at field: Int, as kind: ThriftReader.Kind,
    _ putElement: (inout ThriftWriter, Element) -> Void
  ) {
    begin(field, .list)
    if list.count < 15 {
      bytes.append(UInt8(list.count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xf0 | kind.rawValue)
      putVarint(UInt64(list.count))
    }
    for element in list { putElement(&self, element) }
  }

  package mutating func put(structureAt field: Int, _ body: (inout ThriftWriter) -> Void) {
    begin(field, .structure)
    putStructure(body)
  }

  /// Writes a structure that is an element of a list, or stands on its own. `body` writes its fields, by rising number.
  package mutating func putStructure(_ body: (inout ThriftWriter) -> Void) {
    let outer = lastField
    lastField = 0
    body(&self)
    bytes.append(ThriftReader.Kind.stop.rawValue)
    lastField = outer
  }

  /// Writes a text that is an element of a list.
  package mutating func put(_ text: String) {
    putVarint(UInt64(text.utf8.count))
    bytes += Array(text.utf8)
  }

  /// Writes a number that is an element of a list.
  package mutating func putZigzag(_ number: Int) {
    putVarint(UInt64(bitPattern: Int64(number << 1 ^ number >> (Int.bitWidth - 1))))
  }

  private mutating func begin(_ field: Int, _ kind: ThriftReader.Kind) {
    precondition(field > lastField && field - lastField < 16)
    bytes.append(UInt8(field - lastField) << 4 | kind.rawValue)
    lastField = field
  }

  private mutating func putVarint(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
