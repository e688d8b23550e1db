extension Dataset {
  /// The data set with classes of other names; classes that get the same name become one. If all names are whole
  /// numbers afterwards, they are the labels.
  ///
  /// - Parameter names: the new name of each class that is to change, by its name.
  /// - Throws: `FileError` of kind `badData` if there are no labels, or a class is not known.
  package func renamingClasses(_ names: [String: String]) throws -> Dataset {
    let labels = try knownLabels(for: .mapClasses)
    let known = Set(classes)
    if let unknown = names.keys.filter({ !known.contains($0) }).min() {
      throw FileError(.badData, file: source, "has no class '\(unknown)', but \(classes.joined(separator: ", "))")
    }
    let renamed = classes.map { names[$0] ?? $0 }
    var resolver = LabelNames()
    do {
      for label in labels { try resolver.append(renamed[Int(label)]) }
    } catch {
      throw FileError(.badData, file: source, error.description)
    }
    let (newLabels, newClasses) = resolver.resolved
    var dataset = Dataset(count: count, inputs: inputs, labels: newLabels, scale: scale, classes: newClasses)
    dataset.source = source
    return dataset
  }
}
