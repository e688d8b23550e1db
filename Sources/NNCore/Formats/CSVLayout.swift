/// What each column of a table holds.
struct CSVLayout {
  /// Number of columns.
  let columns: Int
  /// The column of the labels, from 0.
  let labelColumn: Int?
  /// Columns that hold neither labels nor inputs: an index, with or without a name, and what follows a last comma.
  let ignored: Set<Int>
  /// Columns of zeros with a single 1, whose place among them is the label. There is no label column then.
  let oneHotColumns: Range<Int>?

  var hasLabels: Bool { labelColumn != nil || oneHotColumns != nil }

  /// The first column of the labels, from 0.
  var firstLabelColumn: Int? { labelColumn ?? oneHotColumns?.lowerBound }

  /// Whether there are columns besides the label columns and the inputs, or one-hot columns before inputs.
  var hasOtherColumns: Bool {
    guard ignored.isEmpty, let oneHotColumns else { return !ignored.isEmpty }
    return oneHotColumns.upperBound < columns
  }

  /// Numbers of an example.
  var width: Int { columns - (labelColumn == nil ? 0 : 1) - (oneHotColumns?.count ?? 0) - ignored.count }

  /// Names that a header gives to the label column.
  private static let labelNames: Set<String> = ["label", "labels", "class", "target", "digit", "y"]

  static func isLabelName(_ name: String) -> Bool { labelNames.contains(name.lowercased()) }
}
