/// How much the loss of an example of each class counts.
package enum ClassWeights: Sendable, Equatable {
  /// The rarer a class is, the more: n / (k · the class's examples), of n examples of k classes, as scikit-learn's
  /// `compute_class_weight` has it. A class without examples gets 1.
  case balanced
  case list([Double])

  /// The weight of each class.
  ///
  /// - Parameters:
  ///   - labels: the labels of the data.
  ///   - places: where the training examples are in the data.
  package func weights(classCount: Int, labels: [UInt16], places: [Int]) -> [Double] {
    switch self {
    case .list(let weights): return weights
    case .balanced:
      var counts = Array(repeating: 0, count: classCount)
      for place in places { counts[Int(labels[place])] += 1 }
      let present = counts.count { $0 > 0 }
      return counts.map { $0 == 0 ? 1 : Double(places.count) / (Double(present) * Double($0)) }
    }
  }
}

extension ClassWeights: CustomStringConvertible {
  package init?(_ text: String) {
    guard text != "balanced" else {
      self = .balanced
      return
    }
    let weights = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? 0 }
    guard weights.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self = .list(weights)
  }

  package var description: String {
    switch self {
    case .balanced: "balanced"
    case .list(let weights): weights.map { "\($0)" }.joined(separator: ",")
    }
  }
}
