import NNCommand
import NNCore

/// The answer for a picture: the probabilities of the classes, or the reason for a rejection.
struct Prediction {
  /// The probability of each class; nil if the picture has no digit.
  let probabilities: [Float]?
  /// The classes by falling probability; empty without probabilities.
  let ranked: [(name: String, probability: Float)]
  /// The reason why no class is given; nil if one is given.
  let rejection: String?

  /// - Parameter minProbability: the answer is rejected if no class has this probability.
  init(_ answers: Predictor.Answers, _ index: Int, classes: [String], minProbability: Float) {
    let probabilities = Array(answers.probabilities(index))
    self.probabilities = probabilities
    // Classes of equal probability keep their order.
    ranked = probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
      .map { (classes[$0], probabilities[$0]) }
    rejection = ranked[0].probability >= minProbability ? nil : "unsure, perhaps \(ranked[0].name)"
  }

  /// The prediction for a picture without a digit.
  init(rejection: String) {
    (probabilities, ranked, self.rejection) = (nil, [], rejection)
  }
}

extension Prediction {
  /// The columns after the name: `count` classes with their probabilities, the first replaced by `-` where none is
  /// given, and then the reason.
  func columns(top count: Int) -> [String] {
    var columns = ranked.prefix(count).flatMap { [$0.name, "\($0.probability)"] }
    if columns.isEmpty { columns = Array(repeating: ["-", "0"], count: count).flatMap { $0 } }
    guard let rejection else { return columns }
    columns[0] = "-"
    return columns + [rejection.tabSeparatedField]
  }

  /// The prediction as a JSON object with the `count` most probable classes.
  func json(of name: String, top count: Int) -> JSON {
    func members(_ name: String?, _ probability: Float) -> [JSON.Member] {
      [.init("digit", name.map { .string($0) } ?? .null), .init("probability", JSON(probability))]
    }
    let best = ranked.first
    var all =
      [.init("file", .string(FileName.shown(name)))]
      + members(rejection == nil ? best?.name : nil, best?.probability ?? 0)
    if count > 1 {
      all.append(.init("top", .array(ranked.prefix(count).map { .object(members($0.name, $0.probability)) })))
    }
    if let rejection { all.append(.init("reason", .string(rejection))) }
    return .object(all)
  }
}
