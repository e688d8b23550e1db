import ArgumentParser
import NNCore

/// How the tools end; from `sysexits.h` where it has a number.
package enum ExitStatus: Int32, Sendable {
  case diverged = 3
  case usage = 64
  case badData = 65
  case cannotOpen = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74

  package init(_ kind: FileError.Kind) {
    switch kind {
    case .badData: self = .badData
    case .cannotOpen: self = .cannotOpen
    case .cannotCreate: self = .cannotCreate
    case .inputOutput: self = .inputOutput
    }
  }
}

/// A failure with nothing more to say than a line and a status.
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

/// Standard output was closed by its reader, which is that reader's right.
struct ClosedPipe: Error {}

/// Something failed, was reported, and didn't keep the rest from being done.
package struct AlreadyReported: Error {
  package let status: ExitStatus

  package init(_ status: ExitStatus) {
    self.status = status
  }
}
