import NNCore
import Testing

/// Expects numbers equal to `tolerance`, relative to those that are greater than 1.
func expectClose(
  _ got: [Double], _ wanted: [Double], within tolerance: Double, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard got.count == wanted.count else {
    Issue.record("\(what): \(got.count) numbers, not \(wanted.count)", sourceLocation: sourceLocation)
    return
  }
  for (place, (value, goal)) in zip(got, wanted).enumerated()
  where !(abs(value - goal) <= tolerance * max(1, abs(goal))) {
    Issue.record("\(what): number \(place) is \(value), not \(goal)", sourceLocation: sourceLocation)
    return
  }
}

func expectClose(
  _ got: Matrix, _ wanted: Matrix, within tolerance: Double, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect((got.rows, got.columns) == (wanted.rows, wanted.columns), sourceLocation: sourceLocation)
  expectClose(got.elements, wanted.elements, within: tolerance, what, sourceLocation: sourceLocation)
}

func expectClose(
  _ got: [Float], _ wanted: [Float], within tolerance: Double, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(got.map(Double.init), wanted.map(Double.init), within: tolerance, what, sourceLocation: sourceLocation)
}

/// Expects `body` to throw a `FileError` of bad data whose message contains `text`.
func expectFault(
  _ text: String, kind: FileError.Kind = .badData, remedy: Remedy? = nil,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: () throws -> some Any
) {
  let error = #expect(throws: FileError.self, "\(text)", sourceLocation: sourceLocation) { _ = try body() }
  guard let error else { return }
  #expect(error.kind == kind, sourceLocation: sourceLocation)
  #expect(error.message.contains(text), sourceLocation: sourceLocation)
  if let remedy { #expect(error.remedy == remedy, sourceLocation: sourceLocation) }
}
