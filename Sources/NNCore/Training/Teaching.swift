/// What a network learns from teachers, which are other networks, beside the labels (Hinton, Vinyals and Dean, 2015).
///
/// With T the temperature, q the softmax of the network's logits divided by T, t the mean of the teachers' softmax of
/// their logits divided by T, and A the weight, the loss of an example is (1 − A) · its loss by the label
/// + A · T² · Σ t[c] · (log t[c] − log q[c]).
package struct Teaching: Sendable, Equatable {
  /// For each teacher, the digest of its parameters; empty without teachers.
  package var digests: [String] = []
  package var temperature = 2.0
  package var weight = 0.9

  package init() {}

  /// By what the divergence of q from t is multiplied in the loss.
  var factor: Double { weight * temperature * temperature }
}

extension Network {
  /// Tells networks with different parameters apart: the CRC-32 of their tensors, one after the other.
  package var digest: String {
    let tensors = file.tensors.sorted { $0.key < $1.key }
    let checksum = tensors.reduce(UInt32(0)) { crc32($1.value.bytes, from: $0) }
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
