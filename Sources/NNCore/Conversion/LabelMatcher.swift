/// Matches labels to images by their count, in order.
struct LabelMatcher {
  private var sets: [Examples] = []
  private var labels: [Labels] = []

  private struct Labels {
    let file: String
    let values: [UInt16]
    let classes: [String]?

    init(_ array: LabelArray, of file: InputFile) {
      (self.file, values, classes) = (file.name, array.values, array.classes)
    }
  }

  private struct Examples {
    let dataset: Dataset
    /// The same numbers as labels, in case there are images that need labels.
    var asLabels: Labels?
  }

  mutating func append(_ dataset: Dataset) { sets.append(Examples(dataset: dataset)) }

  mutating func append(_ array: LabelArray, of file: InputFile) { labels.append(Labels(array, of: file)) }

  /// Notes that the examples that were appended last may also be labels.
  mutating func setLastAsLabels(_ array: LabelArray, of file: InputFile) {
    sets[sets.count - 1].asLabels = Labels(array, of: file)
  }

  /// The data set: each set of images without labels gets the first labels of the same count; then all sets are joined
  /// in order.
  ///
  /// - Throws: `FileError` of kind `badData` if images or labels have no counterpart, or sets differ in shape.
  func dataset() throws -> Dataset {
    let (sets, labels) = sorted
    var left = labels
    var parts: [Dataset] = []
    for set in sets {
      guard set.labels == nil, !labels.isEmpty else {
        parts.append(set)
        continue
      }
      guard let place = left.firstIndex(where: { $0.values.count == set.count }) else {
        guard let other = left.first else {
          throw FileError(.badData, file: set.source, "no labels are left for these \(set.count) images")
        }
        throw FileError(
          .badData, file: other.file, "labels has \(other.values.count) entries, images \(set.count) (\(set.source))")
      }
      let match = left.remove(at: place)
      var labelled = Dataset(
        count: set.count, inputs: set.inputs, labels: match.values, scale: set.scale, classes: match.classes)
      labelled.source = set.source + " + " + Self.lastComponent(match.file)
      parts.append(labelled)
    }
    if let stray = left.first {
      throw FileError(
        .badData, file: stray.file, "holds \(stray.values.count) labels, and there are no images for them")
    }
    return try Dataset.concatenating(parts)
  }

  /// The sets of images, and the labels. A set that may hold labels counts as labels if a set of as many images needs
  /// labels.
  private var sorted: (sets: [Dataset], labels: [Labels]) {
    var wanted: [Int: Int] = [:]
    for set in sets where set.dataset.labels == nil && set.asLabels == nil {
      wanted[set.dataset.count, default: 0] += 1
    }
    for known in labels { wanted[known.values.count, default: 0] -= 1 }
    var labels = labels
    let rest = sets.filter { set in
      guard let own = set.asLabels, wanted[own.values.count, default: 0] > 0 else { return true }
      wanted[own.values.count]! -= 1
      labels.append(own)
      return false
    }
    return (rest.map(\.dataset), labels)
  }

  /// The last name in a path.
  static func lastComponent(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
}
