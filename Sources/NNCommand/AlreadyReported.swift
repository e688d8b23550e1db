/// Something failed, was reported, and didn't keep the rest from being done.
package struct AlreadyReported: Error {
  package let status: ExitStatus

  package init(_ status: ExitStatus) {
    self.status = status
  }
}
