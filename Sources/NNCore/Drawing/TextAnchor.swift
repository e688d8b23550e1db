/// Where a text stands to its place.
package enum TextAnchor: String, Sendable {
  case start, middle, end
}
