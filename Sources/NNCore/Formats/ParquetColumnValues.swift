/// The values of a column in all row groups of a Parquet file, page by page.
struct ParquetColumnValues {
  private let column: Int
  private let parquet: Parquet
  private var nextGroup = 0
  private var pages: ParquetColumnPages?
  /// The first row of the next page.
  private(set) var row = 0

  init(of column: Int, in parquet: Parquet) {
    (self.column, self.parquet) = (column, parquet)
  }

  /// The values of the next page; nil after the last.
  ///
  /// - Throws: `FileError` of kind `badData` if the page is damaged, or a row has no value.
  mutating func next() throws -> ParquetValues? {
    while true {
      if let values = try pages?.next() {
        row += values.count
        return values
      }
      if nextGroup > 0 { parquet.dropPages(of: nextGroup - 1) }
      guard nextGroup < parquet.metadata.groups.count else { return nil }
      pages = try parquet.pages(of: column, in: nextGroup, firstRow: row)
      nextGroup += 1
    }
  }
}
