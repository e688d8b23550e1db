/// Settings as the metadata of a file tells them, to be read one by one.
package struct MetadataFields {
  private let values: Safetensors.Metadata
  private let prefix: String
  private let file: String
  private let lack: String

  /// - Parameters:
  ///   - values: the settings, by names without `prefix`.
  ///   - file: the file's name, for errors.
  ///   - lack: what a file without one of the required settings fails to be or to tell, for errors.
  package init(_ values: Safetensors.Metadata, prefix: String, file: String, lack: String) {
    (self.values, self.prefix, self.file, self.lack) = (values, prefix, file, lack)
  }

  /// - Parameter parse: gives nil for a text that is no such value.
  /// - Throws: `FileError` of kind `badData` if there is no such setting, or its text is no such value.
  package func required<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value {
    guard let value = try optional(name, parse) else {
      throw FileError(.badData, file: file, "is a model without '\(prefix)\(name)': \(lack)")
    }
    return value
  }

  /// As `required`, but nil if there is no such setting.
  package func optional<Value>(_ name: String, _ parse: (String) -> Value?) throws -> Value? {
    guard let text = values[name] else { return nil }
    guard let value = parse(text) else {
      throw FileError(.badData, file: file, "metadata '\(prefix)\(name)' is '\(text)'")
    }
    return value
  }

  func required(_ setting: OptimizerSetting) throws -> Double { try required(setting.name, setting.value) }
  func optional(_ setting: OptimizerSetting) throws -> Double? { try optional(setting.name, setting.value) }
}

extension OptimizerSetting {
  /// Nil for a text that is no number in the range.
  fileprivate func value(_ text: String) -> Double? { Double(text).flatMap { range.contains($0) ? $0 : nil } }
}
