/// Which columns of a table without a header hold the labels, as a sample of its lines suggests.
enum CSVLabelGuess {
  case first
  case last
  case oneHot(Range<Int>)
  /// Both the first column and the last could hold them.
  case either
  /// Neither column plainly holds them.
  case neither

  /// - Parameter columns: the number of columns of the sample.
  init(_ sample: CSVSample, columns: Int) {
    let (first, last) = (sample.first, sample.last)
    if !first.isText, let oneHot = sample.oneHot.oneHotColumns(of: columns) {
      self = .oneHot(oneHot)
    } else if first.isText != last.isText, !(first.isText ? first : last).isIndex {
      // Names can't be inputs.
      self = first.isText ? .first : .last
    } else if sample.count < 10 {
      self = .first
    } else {
      self.init(among: sample)
    }
  }

  /// Chooses by the numbers of a sample that is large enough.
  private init(among sample: CSVSample) {
    let (first, last) = (sample.first, sample.last)
    /// Whether the numbers of a column have another range than the columns between the first and the last.
    func standsOut(_ column: CSVColumnSample) -> Bool {
      guard let maximum = column.maximum.map(Double.init) else { return false }
      return maximum <= 0.6 * sample.middleMaximum || maximum > sample.middleMaximum
    }
    /// Whether the column, which is not like labels, may hold them all the same: examples mostly of one class.
    func competes(_ column: CSVColumnSample) -> Bool {
      column.couldBeLabels && column.constant != 0 && standsOut(column)
    }
    switch (first.areLikeLabels, last.areLikeLabels) {
    case (true, true) where standsOut(first) != standsOut(last): self = standsOut(first) ? .first : .last
    case (true, true): self = .either
    case (true, false): self = standsOut(first) || !competes(last) ? .first : .either
    case (false, true): self = standsOut(last) || !competes(first) ? .last : .either
    case (false, false):
      // All examples may be of one class, before a pixel at the edge that is always 0.
      guard let label = first.constant, let edge = last.constant, label > 0 || edge == 0 else {
        self = .neither
        return
      }
      self = .first
    }
  }
}
