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

extension ClassWeights: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension Keeping: ExpressibleByArgument {}

extension Warmup: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension DataFormat: ExpressibleByArgument {}
extension DataPart: ExpressibleByArgument {}

extension PictureShape: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// `last`, `none`, a number from 1, a range of them such as `257-266`, or a name.
extension LabelColumn: ExpressibleByArgument {
  package init?(argument: String) {
    switch (argument, Int(argument)) {
    case ("", _), (_, .some(..<1)): return nil
    case ("none", _): self = .none
    case ("last", _): self = .last
    case (_, let number?): self = .number(number)
    case (_, nil): self = Self.range(argument).map(Self.oneHot) ?? .name(argument)
    }
  }

  /// Two rising numbers from 1 with a hyphen between them.
  private static func range(_ argument: String) -> ClosedRange<Int>? {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 1, first < last else { return nil }
    return first...last
  }
}
