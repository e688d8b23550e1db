/// What keeps a network from learning its examples by heart, and single updates from leading it astray.
package struct Regularization: Sendable, Equatable {
  /// The norm to which the gradient of an update, by all parameters together, is cut; infinite if it isn't.
  package var clipNorm = Double.infinity
  /// The norm to which the incoming weights of each neuron are cut after each update; infinite if they aren't.
  package var maxNorm = Double.infinity
  /// The share of each target that goes to all classes alike (Szegedy et al., 2016).
  package var labelSmoothing = 0.0
  /// Nil if all classes count alike.
  package var classWeights: ClassWeights?
  /// The decay of the moving average of the parameters; 0 for the parameters themselves.
  package var average = 0.0
  /// The share of each hidden layer's neurons that an update leaves out (Srivastava et al., 2014): one number for all
  /// layers, or one a layer; empty for none.
  package var dropout: [Double] = []
  /// The share of the inputs that an update leaves out.
  package var inputDropout = 0.0

  package init() {}
}

extension Regularization {
  /// The dropout of the hidden layers, as options and files tell it: numbers with commas between them.
  package var dropoutText: String { dropout.map { "\($0)" }.joined(separator: ",") }

  /// Reads such a text; nil if it is none.
  package static func dropout(_ text: String) -> [Double]? {
    let rates = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? -1 }
    return rates.allSatisfy { $0 >= 0 && $0 < 1 } ? rates : nil
  }
}
