/// The parts that a source may have.
package enum DataPart: String, CaseIterable, Sendable {
  case train, validation, test
}
