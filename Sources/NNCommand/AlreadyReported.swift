/// An error that was reported already and didn't stop the rest of the work.
package struct AlreadyReported: Error {
  package let status: ExitStatus

  package init(_ status: ExitStatus) {
    self.status = status
  }
}
