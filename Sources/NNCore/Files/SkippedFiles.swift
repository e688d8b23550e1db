/// Files of a folder that a tool can't use, as people read of them: their number and one of their names.
package struct SkippedFiles: CustomStringConvertible {
  private let paths: [String]

  /// - Precondition: there is at least one.
  package init(_ paths: [String]) {
    self.paths = paths
  }

  package var description: String {
    let name = FileName.split(paths[0]).name
    return paths.count == 1 ? "1 other file (\(name))" : "\(paths.count) other files (\(name) …)"
  }
}
