/// Which column of a table holds the labels.
package enum LabelColumn: Sendable, Equatable {
  case name(String)
  /// The column's number, from 1.
  case number(Int)
  case last
  case none
}
