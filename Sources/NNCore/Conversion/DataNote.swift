/// Something about an input that a user should know, although it is no error.
package struct DataNote: Sendable {
  /// The name of the file or folder.
  package let source: String
  package let message: String
  /// What the user can do about it.
  package let remedy: Remedy?

  init(of source: String, _ message: String, remedy: Remedy? = nil) {
    (self.source, self.message, self.remedy) = (source, message, remedy)
  }
}
