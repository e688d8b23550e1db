/// Whether and how pictures are drawn anew for training.
package enum AugmentationKind: Sendable, Equatable, CustomStringConvertible {
  /// They are taken as they are.
  case none
  /// As `Augmentation` draws them, anew for each update.
  case plain
  /// As `Distorter` draws them, anew for each epoch: by which settings, with what values. A part of which no setting is
  /// there is left out.
  case distortions([DistortionSetting: Double])

  /// The standard values of some parts.
  package init(_ parts: some Sequence<DistortionSetting.Part>) {
    let settings = parts.flatMap(\.settings)
    self = .distortions(Dictionary(settings.map { ($0, $0.standard) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The text of a checkpoint: `false`, `true`, or `name=value` with blanks between.
  package var description: String {
    switch self {
    case .none: "false"
    case .plain: "true"
    case .distortions(let values):
      DistortionSetting.allCases.compactMap { setting in values[setting].map { "\(setting.rawValue)=\($0)" } }
        .joined(separator: " ")
    }
  }

  /// Parses a `description`; nil for any other text.
  package init?(_ text: String) {
    if let isPlain = Bool(text) {
      self = isPlain ? .plain : .none
      return
    }
    var values: [DistortionSetting: Double] = [:]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let sides = word.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let setting = DistortionSetting(rawValue: String(sides[0])),
        let value = Double(sides[1]), setting.range.contains(value), values.updateValue(value, forKey: setting) == nil
      else { return nil }
    }
    guard DistortionSetting.Part.allCases.allSatisfy({ [0, $0.settings.count].contains($0.count(in: values)) }) else {
      return nil
    }
    self = .distortions(values)
  }

  /// What draws pictures so; nil for none.
  ///
  /// - Parameter stepsAnEpoch: updates in which each example comes once.
  package func redrawing(seed: UInt32, rows: Int, columns: Int, stepsAnEpoch: Int = 1) -> (any PictureRedrawing)? {
    switch self {
    case .none: nil
    case .plain: Augmentation(seed: seed, rows: rows, columns: columns)
    case .distortions(let values):
      Distorter(seed: seed, shape: PictureShape(rows: rows, columns: columns), values, stepsAnEpoch: stepsAnEpoch)
    }
  }
}

extension DistortionSetting.Part {
  /// How many of its settings have a value.
  fileprivate func count(in values: [DistortionSetting: Double]) -> Int { settings.count { values[$0] != nil } }
}
