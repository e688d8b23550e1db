/// A list, or a dictionary as alternating keys and values. It is shared by all references, as in Python.
final class PickleList {
  private(set) var items: [PickleValue] = []
  private(set) var depth = 1
  /// Whether another container holds it. It may not grow from then on, because the other container has recorded its
  /// depth, and it could come to contain itself.
  var isHeld = false

  func append(_ value: PickleValue) {
    items.append(value)
    depth = max(depth, value.depth + 1)
  }
}
