import ArgumentParser
import NNCore

/// The width and the strength of elastic distortion, such as 6:36.
package struct ElasticArgument: ExpressibleByArgument, Sendable {
  let sigma: Double
  let alpha: Double

  package init?(argument: String) {
    let numbers = argument.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard numbers.count == 2, let sigma = numbers[0], let alpha = numbers[1],
      DistortionSetting.sigma.range.contains(sigma), DistortionSetting.alpha.range.contains(alpha)
    else { return nil }
    (self.sigma, self.alpha) = (sigma, alpha)
  }
}
