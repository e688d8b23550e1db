/// An error that consists of a line to print and an exit status.
package struct Failure: Error, CustomStringConvertible {
  package let status: ExitStatus
  package let description: String

  package init(_ status: ExitStatus, _ description: String) {
    (self.status, self.description) = (status, description)
  }

  package static func usage(_ description: String) -> Failure {
    Failure(.usage, description)
  }
}
