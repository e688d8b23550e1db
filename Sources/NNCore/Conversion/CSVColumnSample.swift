/// The values of a column in a sample of a table's lines.
struct CSVColumnSample {
  private var count = 0
  /// How often each whole number occurs.
  private var numbers: [Int: Int] = [:]
  /// How often each text occurs.
  private var names: [String: Int] = [:]
  /// Number of lines with text.
  private var textCount = 0
  private var emptyCount = 0
  /// Whether there are numbers that are no labels: fractions and negative numbers.
  private var hasOtherNumbers = false

  /// - Parameter number: the number in the field; nil if there is none.
  mutating func append(_ text: Span<UInt8>, _ field: SeparatedText.Field, _ number: Double?) {
    count += 1
    if let number {
      if number >= 0, let whole = Int(exactly: number) {
        numbers[whole, default: 0] += 1
      } else {
        hasOtherNumbers = true
      }
    } else {
      let name = SeparatedText.string(text, field)
      if name.isEmpty {
        emptyCount += 1
      } else {
        textCount += 1
        names[name, default: 0] += 1
      }
    }
  }

  /// Whether values are names, perhaps beside whole numbers. Such a column can't hold inputs. A few texts among numbers
  /// are errors.
  var isText: Bool { !hasOtherNumbers && 10 * textCount >= max(count, 1) }

  /// Whether all values are names, and some names occur again, as the names of classes do.
  var areNames: Bool { !hasOtherNumbers && numbers.isEmpty && names.count < textCount }

  /// Whether all values are whole numbers from 0, but for a few errors.
  private var areWhole: Bool { !hasOtherNumbers && !numbers.isEmpty && 50 * (textCount + emptyCount) <= count }

  /// The largest number; nil if some value is not a whole number.
  var maximum: Int? { areWhole ? numbers.keys.max() : nil }

  /// The whole number that all lines have.
  var constant: Int? { areWhole && numbers.count == 1 ? numbers.keys.first : nil }

  /// Whether each of many lines has another name, such as that of a file.
  var isIndex: Bool { isText && count >= 50 && distinct == count }

  /// Whether the values are few enough, and lie close enough to each other, to be labels.
  var couldBeLabels: Bool {
    if isText { return distinct <= max(2, count / 2) }
    guard let maximum, let minimum = numbers.keys.min(), maximum < 256 else { return false }
    // Few lines may have all ten digits.
    return maximum <= 9 || distinct <= max(2, count / 2) && maximum - minimum < 2 * distinct
  }

  /// Whether the values could be labels, and no value is nearly everywhere, as the ground of pictures is.
  var areLikeLabels: Bool { couldBeLabels && distinct >= 2 && most * 5 <= count * 4 }

  /// Number of different values.
  private var distinct: Int { isText ? numbers.count + names.count : numbers.count }

  /// How often the most frequent value occurs.
  private var most: Int { max(numbers.values.max() ?? 0, names.values.max() ?? 0) }
}
