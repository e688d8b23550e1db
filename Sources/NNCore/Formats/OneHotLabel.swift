/// The label that fields of zeros with a single 1 tell: the place of the 1 among them.
struct OneHotLabel {
  private var count = 0
  private var place: Int?
  private var isSound = true

  /// The place of the 1, from 0; nil unless all other fields are 0.
  var label: Int? { isSound ? place : nil }

  /// - Parameter value: the field's number; nil if it is not a number.
  mutating func append(_ value: Double?) {
    if value == 1, place == nil {
      place = count
    } else if value != 0 {
      isSound = false
    }
    count += 1
  }
}
