/// Which column of a table holds the labels, or which columns.
package enum LabelColumn: Sendable, Equatable {
  case name(String)
  /// The column's number, from 1.
  case number(Int)
  /// The numbers, from 1, of columns of zeros with a single 1, whose place among them is the label.
  case oneHot(ClosedRange<Int>)
  case last
  case none
}
