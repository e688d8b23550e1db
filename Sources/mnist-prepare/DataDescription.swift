import NNCommand
import NNCore

/// A description of a data set as a table or as JSON.
struct DataDescription {
  private let dataset: Dataset
  private let measures: DataMeasures
  private let duplicates: Int
  private let shared: Int?

  init(of dataset: Dataset, against other: Dataset?) {
    self.dataset = dataset
    measures = DataMeasures(of: dataset)
    duplicates = dataset.count - ExampleIndex(dataset).distinctCount
    shared = other.map { ExampleIndex($0).countThere(of: dataset) }
  }

  /// Lines of `name<TAB>value`.
  var table: String {
    members.flatMap { name, value -> [String] in
      guard case .object(let counts) = value else { return ["\(name)\t\(Self.text(value))"] }
      return counts.map { "\(name) \($0.name)\t\(Self.text($0.value))" }
    }.joined(separator: "\n")
  }

  var json: JSON {
    .object(members.map { JSON.Member($0.0, $0.1) })
  }

  private static func text(_ value: JSON) -> String {
    if case .string(let text) = value { text } else { value.text }
  }

  private static func number(_ value: Double) -> JSON {
    Int(exactly: value).map { JSON($0) } ?? JSON(value)
  }

  private var members: [(String, JSON)] {
    var members: [(String, JSON)] = [("source", .string(dataset.source)), ("examples", JSON(dataset.count))]
    switch dataset.inputs {
    case .pixels(_, let rows, let columns):
      members += [
        ("type", .string("U8")), ("rows", JSON(rows)), ("columns", JSON(columns)),
        ("scale", .string(dataset.scale.description)),
      ]
    case .features(_, let width): members += [("type", .string("F32")), ("features", JSON(width))]
    }
    members += [
      ("density", JSON(measures.density)), ("minimum", Self.number(measures.minimum)),
      ("maximum", Self.number(measures.maximum)),
      ("mean", JSON(measures.mean)), ("duplicates", JSON(duplicates)),
    ]
    if let shared { members.append(("shared", JSON(shared))) }
    if let counts = measures.classCounts {
      members.append(("labelled", .string("yes")))
      let named = counts.enumerated().filter { $0.element > 0 }.map {
        JSON.Member(dataset.classes[$0.offset], JSON($0.element))
      }
      members.append(("class", .object(named)))
    } else {
      members.append(("labelled", .string("no")))
    }
    return members
  }
}
