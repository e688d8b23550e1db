extension NamedArrays {
  /// The usual meaning of an array's name.
  struct Role {
    enum Kind { case images, labels }

    private(set) var kind: Kind?
    private(set) var part: DataPart?
    /// 0 for a word with only one meaning, more for words with several.
    private(set) var rank = 0

    /// Words by rank: scikit-learn's data sets hold both `data` and `images`, other files hold `classes` beside
    /// `labels`.
    private static let imageWords = [
      ["images", "image", "imgs", "img"], ["x", "xs", "pixels", "digits"], ["inputs", "features", "dataset"], ["data"],
    ]
    private static let labelWords = [["labels", "label"], ["y", "ys", "target", "targets", "answers"], ["classes"]]
    private static let parts: [(words: Set<String>, part: DataPart)] = [
      (["train", "training", "tr"], .train), (["test", "testing", "t10k", "te"], .test),
      (["valid", "validation", "val", "dev"], .validation),
    ]

    init(_ name: String) {
      let words = Self.words(name)
      // An array of class names holds no labels.
      guard !words.contains("names") else { return }
      for word in words where !add(word) {
        // Two words without a boundary: xtrain, testy.
        for place in word.indices.dropFirst() {
          let (start, end) = (String(word[..<place]), String(word[place...]))
          let isPair =
            Self.part(start) != nil && Self.kind(end) != nil || Self.kind(start) != nil && Self.part(end) != nil
          guard isPair else { continue }
          _ = add(start)
          _ = add(end)
        }
      }
    }

    /// Updates the role by one word; false if the word has no meaning.
    private mutating func add(_ word: String) -> Bool {
      if let (kind, rank) = Self.kind(word) {
        // A name such as image_labels means labels.
        if self.kind == nil || self.kind == .images && kind == .labels { (self.kind, self.rank) = (kind, rank) }
        return true
      }
      guard let part = Self.part(word) else { return false }
      self.part = part
      return true
    }

    private static func kind(_ word: String) -> (Kind, rank: Int)? {
      imageWords.firstIndex { $0.contains(word) }.map { (.images, $0) }
        ?? labelWords.firstIndex { $0.contains(word) }.map { (.labels, $0) }
    }

    private static func part(_ word: String) -> DataPart? {
      parts.first { $0.words.contains(word) }?.part
    }

    /// Splits a name at characters other than letters and digits, and before capitals: trainImages, x_train,
    /// t10k-labels.
    private static func words(_ name: String) -> [String] {
      var words: [String] = [""]
      var last: Character = "a"
      for character in name {
        if !character.isLetter && !character.isNumber {
          words.append("")
        } else {
          if character.isUppercase, last.isLowercase { words.append("") }
          words[words.count - 1] += character.lowercased()
        }
        last = character
      }
      return words
    }
  }
}
