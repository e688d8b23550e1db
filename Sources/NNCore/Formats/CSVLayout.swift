/// What each column of a table holds.
struct CSVLayout {
  let hasHeader: Bool
  /// Number of columns.
  let columns: Int
  /// The column of the labels, from 0.
  let labelColumn: Int?
  /// Columns that hold neither labels nor inputs: an index, with or without a name, and what follows a last comma.
  let ignored: Set<Int>
  /// Whether the label column is only a guess, because neither the header nor the user named it.
  let isGuessed: Bool

  /// Whether there are columns besides the label column and the inputs.
  var hasOtherColumns: Bool { !ignored.isEmpty }

  /// Numbers of an example.
  var width: Int { columns - (labelColumn == nil ? 0 : 1) - ignored.count }

  /// Names that a header gives to the label column.
  private static let labelNames: Set<String> = ["label", "labels", "class", "target", "digit", "y"]

  static func isLabelName(_ name: String) -> Bool { labelNames.contains(name.lowercased()) }
}
