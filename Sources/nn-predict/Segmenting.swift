import NNCommand
import NNCore

/// Reads pictures of several digits: the lines of each, and where each digit is.
struct Segmenting {
  private let network: Network
  private let segmenter: DigitSegmenter

  /// - Precondition: the network takes pictures of 28 × 28.
  init(_ network: Network) {
    self.network = network
    let predictor = Predictor(network, pool: WorkerPool(count: 1))
    segmenter = DigitSegmenter { pictures in
      let inputs = Dataset.Inputs.pixels(Bytes(pictures.flatMap { $0 }), rows: network.rows, columns: network.columns)
      let answers = predictor.answers(Dataset(count: pictures.count, inputs: inputs, labels: nil), at: pictures.indices)
      return pictures.indices.map { Array(answers.probabilities($0)) }
    }
  }

  /// - Throws: `FileError` of kind `badData` if the file is no PNG, or there is no digit on it.
  func read(_ file: InputFile) throws -> Page {
    do {
      let lines = try segmenter.read(try PNG.decode(file.contents(), of: file))
      return Page(lines: lines.map { Line(digits: $0, classes: network.classes) })
    } catch let error as DigitNormalizer.NoDigit {
      throw file.malformed("\(error)")
    }
  }

  /// What is read of a picture.
  struct Page {
    let lines: [Line]

    /// A line a line of the picture: the file, the string, its probability, and a column a digit.
    func records(of name: String) -> [String] {
      lines.map { line in
        ([name, line.string, "\(line.probability)"] + line.digits.indices.map(line.column)).joined(separator: "\t")
      }
    }

    func json(of name: String) -> JSON {
      .object([
        .init("file", .string(name)), .init("string", .string(lines.map(\.string).joined(separator: "\n"))),
        .init("lines", .array(lines.map(\.json))),
      ])
    }
  }

  struct Line {
    let digits: DigitSegmenter.Line
    let classes: [String]

    /// The digits, with a space where a wide gap is.
    var string: String {
      digits.enumerated().map { ($0 > 0 && $1.beginsNumber ? " " : "") + classes[$1.label] }.joined()
    }

    /// That all digits are right, as far as the network can tell: the product of theirs.
    var probability: Float { digits.reduce(1) { $0 * $1.probability } }

    func column(_ place: Int) -> String {
      let (digit, box) = (digits[place], digits[place].box)
      return "\(classes[digit.label]) \(digit.probability) \(box.x) \(box.y) \(box.width) \(box.height)"
    }

    var json: JSON {
      .object([
        .init("string", .string(string)), .init("probability", JSON(probability)),
        .init(
          "digits",
          .array(
            digits.map { digit in
              .object([
                .init("digit", .string(classes[digit.label])), .init("probability", JSON(digit.probability)),
                .init("x", JSON(digit.box.x)), .init("y", JSON(digit.box.y)), .init("w", JSON(digit.box.width)),
                .init("h", JSON(digit.box.height)),
              ])
            })),
      ])
    }
  }
}
