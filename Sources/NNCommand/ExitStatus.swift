import NNCore

/// The exit statuses of the tools, from `sysexits.h` if it defines one.
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
    case .unavailable: self = .unavailable
    }
  }
}
