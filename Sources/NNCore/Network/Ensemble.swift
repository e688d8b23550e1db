/// Networks that answer together: the probability of a class is the mean of the networks' probabilities.
package struct Ensemble: Sendable {
  /// At least one; all take the same inputs and know the same classes.
  package let networks: [Network]

  package init(_ network: Network) {
    networks = [network]
  }

  /// - Parameter models: at least one, with the names that errors give them.
  /// - Throws: `FileError` of kind `badData` if one of them takes other inputs than the first, or knows other classes.
  package init(_ models: [(network: Network, name: String)]) throws {
    let (first, firstName) = models[0]
    for (network, name) in models.dropFirst() {
      func requireSame<Value: Equatable>(_ value: (Network) -> Value, _ tell: (Network) -> String) throws {
        guard value(network) != value(first) else { return }
        throw FileError(
          .badData, file: name, "\(tell(network)), and \(firstName) \(tell(first)): they can't be averaged")
      }
      try requireSame(\.inputCount) { "takes \($0.inputCount) inputs" }
      try requireSame({ [$0.rows, $0.columns] }, { "takes pictures of \($0.rows) x \($0.columns)" })
      try requireSame(\.scale) { "multiplies pixels by \($0.scale)" }
      try requireSame(\.classes) { "knows the classes \($0.classes.joined(separator: " "))" }
    }
    networks = models.map(\.network)
  }

  package var classes: [String] { networks[0].classes }
  package var classCount: Int { networks[0].classCount }
  /// The shape of the pictures they take.
  package var rows: Int { networks[0].rows }
  package var columns: Int { networks[0].columns }
  /// What pixels are multiplied by before they go in.
  package var scale: Scale { networks[0].scale }
}
