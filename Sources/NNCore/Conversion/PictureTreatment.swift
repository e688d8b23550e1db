/// What is done with a picture before it becomes an example.
package enum PictureTreatment: Sendable {
  /// It is normalized as MNIST's digits are, unless it already is like them.
  case asNeeded
  /// It is normalized even if it already is like MNIST's digits.
  case normalized
  /// It keeps its size and position; colours become grey on black.
  case raw
}
