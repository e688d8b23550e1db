extension FileFormat {
  /// Checks that a file isn't of another form, such as a table, by its first bytes, which stay to be read.
  ///
  /// A file that is nearly safetensors passes: reading it tells what is wrong with it.
  ///
  /// - Throws: `FileError` of kind `badData` that names the form and tells what to do.
  package func refuseOtherForms(in file: InputFile) throws {
    let start = try file.beginning(upTo: 8)
    guard start.count < 8 || start.little(0, as: UInt64.self) > SafetensorsHeader.longest else { return }
    // Reading the header of a picture tells that a model is wanted.
    if self == .model, PictureFile.recognizes(start) { return }
    let bytes = try file.mapped() ?? file.beginning(upTo: 1 << 16)
    if Gzip.recognizes(bytes) { throw refusal("is compressed by gzip", of: file) }
    if let other = Self.unreadable(bytes, of: file) { throw other.refusal(of: file, insteadOf: self) }
    if let format = DataFormat(bytes) {
      guard format != .safetensors, format != .idx || IDX.recognizes(bytes) else { return }
      throw refusal("is \(format.rawValue)", of: file)
    }
    if let error = DataFormat.explainUnknown(bytes, of: file) {
      throw self == .data
        ? file.malformed(error.message, at: error.place, remedy: .prepareThat) : refusal("is other data", of: file)
    }
  }

  /// A form that no tool reads; nil for any other.
  private static func unreadable(_ bytes: Bytes, of file: InputFile) -> OtherDataFormat? {
    if let other = OtherDataFormat(bytes) { return other }
    guard Zip.recognizes(bytes), let zip = try? Zip(bytes, of: file) else { return nil }
    return OtherDataFormat(zip)
  }

  private func refusal(_ message: String, of file: InputFile) -> FileError {
    file.malformed("\(message), not \(title)", remedy: remedy(for: file.isStandardInput ? "-" : file.name))
  }

  /// What to do about a file or folder of data that was given in the place of a file of this format.
  package func remedy(for name: String) -> Remedy {
    switch self {
    case .data: .prepare(name)
    case .model: .makeModel
    }
  }
}
