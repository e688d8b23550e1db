/// What the columns of a table are.
struct CSVLayout {
  let hasHeader: Bool
  let columns: Int
  /// From 0.
  let labelColumn: Int?
  /// Columns whose names are empty: the index of Pandas, or what follows a last comma.
  let nameless: Set<Int>

  /// Whether there are columns besides the label's and the numbers'.
  var hasOtherColumns: Bool { !nameless.isEmpty }

  /// Numbers of an example.
  var width: Int { columns - (labelColumn == nil ? 0 : 1) - nameless.count }

  /// Names by which a header tells labels.
  private static let labelNames: Set<String> = ["label", "labels", "class", "target", "digit", "y"]

  static func isLabelName(_ text: Span<UInt8>, _ field: SeparatedText.Field) -> Bool {
    labelNames.contains(SeparatedText.string(text, field).lowercased())
  }

  /// - Parameter fields: at the first line.
  init(_ text: Span<UInt8>, _ fields: SeparatedText, _ chosen: CSV.LabelColumn?, _ file: InputFile) throws {
    var fields = fields
    var first: [String] = []
    var areNumbers: [Bool] = []
    while let field = fields.next(text) {
      first.append(SeparatedText.string(text, field))
      areNumbers.append(TextNumber.decimal(text, field.range) != nil)
      if field.isLast { break }
    }
    guard !first.isEmpty else { throw file.malformed("a quoted field is not closed as it should be", at: .line(fields.line)) }
    columns = first.count
    // NumPy begins a header so.
    if first[0].hasPrefix("#") { first[0] = String(first[0].dropFirst().drop { $0.isWhitespace }) }
    let named = Self.labelColumn(of: first)
    // One field of text may be a label itself.
    hasHeader = areNumbers.count { !$0 } > 1 || named != nil || !(areNumbers.dropFirst().first ?? areNumbers[0])
    switch chosen {
    case .name(let name):
      guard hasHeader, let place = first.firstIndex(of: name) else {
        let listed = first.prefix(4).joined(separator: ", ")
        throw file.malformed(hasHeader ? "has no column named '\(name)', but \(listed) …" : "has no header to name '\(name)'")
      }
      labelColumn = place
    case .number(let number):
      guard (1...columns).contains(number) else { throw file.malformed("has \(columns) columns, no column \(number)") }
      labelColumn = number - 1
    case .some(.none): labelColumn = nil
    case nil where hasHeader: labelColumn = named
    case nil: labelColumn = columns > 1 && PictureShape.side(of: columns) != nil ? nil : 0
    }
    let label = labelColumn
    let unnamed = first.indices.filter { $0 != label && (first[$0].isEmpty || first[$0].hasPrefix("Unnamed: ")) }
    let isAnyNamed = unnamed.count < columns - (label == nil ? 0 : 1)
    nameless = hasHeader && isAnyNamed ? Set(unnamed) : []
  }

  /// The column whose name is one of labels; else the only one that has such a word in its name.
  private static func labelColumn(of names: [String]) -> Int? {
    if let exact = names.firstIndex(where: { labelNames.contains($0.lowercased()) }) { return exact }
    let similar = names.indices.filter { NamedArrays.Role(names[$0]).kind == .labels }
    return similar.count == 1 ? similar[0] : nil
  }
}
