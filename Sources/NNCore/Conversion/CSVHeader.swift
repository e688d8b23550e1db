/// The names that a header gives to the columns of a table.
struct CSVHeader {
  private(set) var names: [String]
  /// The column whose name is a usual one of a label column; else the only column with such a word in its name.
  let labelColumn: Int?

  /// Names that a header gives to a column of numbers of the lines.
  private static let indexNames: Set<String> = ["id", "index", "imageid", "image_id"]

  init(_ names: [String]) {
    self.names = names
    if let exact = names.firstIndex(where: CSVLayout.isLabelName) {
      labelColumn = exact
    } else {
      let similar = names.indices.filter { NamedArrays.Role(names[$0]).kind == .labels }
      labelColumn = similar.count == 1 ? similar[0] : nil
    }
  }

  /// The header in the comment before the first line of numbers, as NumPy writes it; nil unless it has as many fields.
  ///
  /// - Parameters:
  ///   - fields: a reader at the first line of numbers.
  ///   - columns: the number of fields of that line.
  ///   - endsInSeparator: whether the last of these fields is empty.
  init?(commentBefore fields: SeparatedText, _ text: Span<UInt8>, columns: Int, endsInSeparator: Bool) {
    guard let comment = fields.lastComment else { return nil }
    var fields = fields.moved(to: comment + 1)
    guard var names = fields.line(text) else { return nil }
    if endsInSeparator, names.count == columns - 1 { names.append("") }
    self.init(names)
    // Any comment is a single field.
    guard names.count == columns, columns > 1 || labelColumn != nil else { return nil }
  }

  /// Columns that hold neither labels nor inputs, but numbers of the lines.
  ///
  /// - Parameter labels: the columns of the labels.
  func ignored(labels: Range<Int>?) -> Set<Int> {
    let others = names.indices.filter { labels?.contains($0) != true }
    let unnamed = others.filter {
      names[$0].isEmpty || names[$0].hasPrefix("Unnamed: ") || Self.indexNames.contains(names[$0].lowercased())
    }
    // Unnamed columns hold the inputs if there are no named ones.
    return unnamed.count < others.count || labels != nil && unnamed.count == 1 ? Set(unnamed) : []
  }
}
