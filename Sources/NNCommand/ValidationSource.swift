import ArgumentParser
import NNCore

/// What validation is done on: a share of the training examples, such as 0.2 or 20%, or a file.
package enum ValidationSource: ExpressibleByArgument, Equatable, Sendable {
  case fraction(Double)
  case file(String)

  package init?(argument: String) {
    let isPercentage = argument.utf8.last == UInt8(ascii: "%")
    if let number = Double(isPercentage ? String(argument.dropLast()) : argument) {
      let fraction = isPercentage ? number / 100 : number
      guard fraction > 0, fraction < 1 else { return nil }
      self = .fraction(fraction)
    } else {
      self = .file(argument)
    }
  }
}
