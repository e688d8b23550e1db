import NNCommand
import NNCore

/// Reads pictures of several digits: the lines of each picture, and the position of each digit.
struct Segmenting {
  private let segmenter: DigitSegmenter
  private let classes: [String]
  private let maxPixels: Int
  private let minProbability: Float

  /// - Parameter minProbability: digits with smaller probabilities are rejected.
  /// - Precondition: the networks take pictures of 28 × 28.
  init(_ ensemble: Ensemble, maxPixels: Int, minProbability: Float) {
    (classes, self.maxPixels, self.minProbability) = (ensemble.classes, maxPixels, minProbability)
    let predictor = Predictor(ensemble, pool: WorkerPool(count: 1))
    segmenter = DigitSegmenter { pictures in
      let answers = predictor.answers(
        pixels: pictures.flatMap { $0 }, rows: ensemble.rows, columns: ensemble.columns)
      return pictures.indices.map { Array(answers.probabilities($0)) }
    }
  }

  /// Reads the lines of a picture.
  ///
  /// - Throws: `FileError` if the file is not a sound picture.
  func read(_ picture: NamedPicture) throws -> Page {
    try picture.read { bytes, file in
      let picture = try PictureFile.decode(bytes, of: file, maxPixels: maxPixels)
      do {
        let lines = try segmenter.read(picture)
        return Page(
          lines: lines.map { Line(digits: $0, classes: classes, minProbability: minProbability) }, rejection: nil)
      } catch let error as DigitNormalizer.NoDigit {
        return Page(lines: [], rejection: "\(error)")
      }
    }
  }

  /// The answer for a picture.
  struct Page {
    let lines: [Line]
    /// The reason why there are no lines; nil if there are some.
    let rejection: String?

    /// Whether no digit is rejected.
    var isComplete: Bool { rejection == nil && lines.allSatisfy(\.isComplete) }

    /// One tab-separated record for each line: the file, the string, its probability, and a column for each digit.
    func records(of name: String) -> [String] {
      let rows = rejection.map { [["-", "0", $0.tabSeparatedField]] } ?? lines.map(\.columns)
      return rows.map { ([name.tabSeparatedField] + $0).joined(separator: "\t") }
    }

    func json(of name: String) -> JSON {
      let reason: [JSON.Member] = rejection.map { [.init("reason", .string($0))] } ?? []
      return .object(
        [
          .init("file", .string(FileName.shown(name))),
          .init("string", .string(lines.map(\.string).joined(separator: "\n"))),
          .init("lines", .array(lines.map(\.json))),
        ] + reason)
    }
  }

  struct Line {
    let digits: DigitSegmenter.Line
    let classes: [String]
    let minProbability: Float

    var isComplete: Bool { digits.allSatisfy { $0.probability >= minProbability } }

    /// The digits, with a space at each wide gap.
    var string: String {
      digits.enumerated().map { ($0 > 0 && $1.beginsNumber ? " " : "") + name($1) }.joined()
    }

    /// The probability that all digits are right: the product of their probabilities.
    var probability: Float { digits.reduce(1) { $0 * $1.probability } }

    private func name(_ digit: DigitSegmenter.Digit) -> String {
      digit.probability >= minProbability ? classes[digit.label] : "-"
    }

    /// The string, its probability, and a column for each digit.
    var columns: [String] {
      [string, "\(probability)"]
        + digits.map { digit in
          let box = digit.box
          return "\(box.x) \(box.y) \(box.width) \(box.height) \(name(digit)) \(digit.probability)"
        }
    }

    var json: JSON {
      let digits = digits.map { digit in
        let sides = [("x", digit.box.x), ("y", digit.box.y), ("w", digit.box.width), ("h", digit.box.height)]
        return JSON.object(
          sides.map { .init($0, JSON($1)) } + [
            .init("digit", digit.probability >= minProbability ? .string(classes[digit.label]) : .null),
            .init("probability", JSON(digit.probability)),
          ])
      }
      return .object([
        .init("string", .string(string)), .init("probability", JSON(probability)), .init("digits", .array(digits)),
      ])
    }
  }
}
