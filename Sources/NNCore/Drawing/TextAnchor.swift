/// The part of a text that is at its given point.
package enum TextAnchor: String, Sendable {
  case start, middle, end
}
