/// The parts that a source may be split into.
package enum DataPart: String, CaseIterable, Sendable {
  case train, validation, test
}
