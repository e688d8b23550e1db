import ArgumentParser
import NNCore

extension Scale: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Activation: ExpressibleByArgument {
  package static var allValueStrings: [String] { hidden.map(\.rawValue) }

  package init?(argument: String) {
    self.init(rawValue: argument)
    if self == .softmax { return nil }
  }
}

extension Optimizer.Method: ExpressibleByArgument {}
extension Schedule: ExpressibleByArgument {}
extension DataFormat: ExpressibleByArgument {}
extension DataPart: ExpressibleByArgument {}

extension PictureShape: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// `none`, a number from 1, or a name.
extension LabelColumn: ExpressibleByArgument {
  package init?(argument: String) {
    switch (argument, Int(argument)) {
    case ("", _), (_, .some(..<1)): return nil
    case ("none", _): self = .none
    case ("last", _): self = .last
    case (_, let number?): self = .number(number)
    case (_, nil): self = .name(argument)
    }
  }
}
