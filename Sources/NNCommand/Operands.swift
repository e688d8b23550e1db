import NNCore

/// The inputs that the command line names; `-` is standard input, which may be named once.
package struct Operands {
  /// - Parameter names: all inputs that will be opened, so that errors in the command line are found before any is
  ///   read.
  /// - Throws: `Failure` if standard input is wanted twice.
  package init(_ names: [String]) throws {
    guard names.count(where: { $0 == "-" }) <= 1 else {
      throw Failure.usage("standard input can be read only once: name a file for all but one")
    }
  }

  /// - Throws: `FileError` of kind `cannotOpen`; `Failure` if standard input is wanted and is a terminal.
  package func open(_ operand: String) throws -> InputFile {
    guard operand == "-" else { return try InputFile(path: operand) }
    guard isatty(STDIN_FILENO) != 1 else {
      throw Failure.usage("standard input is a terminal: name a file, or pipe one in")
    }
    return try InputFile.standardInput()
  }

  /// Opens an operand that is to be a model or a data file.
  ///
  /// - Throws: as `open`, and `FileError` that tells what to do about a folder or a file of another form.
  package func open(_ operand: String, as format: FileFormat) throws -> InputFile {
    guard operand == "-" || !Directory.exists(operand) else {
      let error = FileError.system(.cannotOpen, file: operand, code: EISDIR)
      throw FileError(
        error.kind, file: operand, "\(error.message), not \(format.title)", remedy: format.remedy(for: operand))
    }
    let file = try open(operand)
    try format.refuseOtherForms(in: file)
    return file
  }

  /// Reads the model that an operand names; without an operand it reads standard input.
  ///
  /// - Throws: as `open`, and `FileError` of kind `badData`.
  package func model(_ operand: String?) throws -> (network: Network, name: String) {
    let file = try open(operand ?? "-", as: .model)
    return (try Network(reading: file), file.name)
  }

  /// Reads the log of training that an option names.
  ///
  /// - Throws: as `open`, and `FileError` of kind `badData`.
  package func log(_ operand: String) throws -> (name: String, lines: [TrainingLog.Line]) {
    let file = try open(operand)
    return (file.name, try TrainingLog(reading: file).lines)
  }

  /// Reads the data set that an option names.
  ///
  /// - Throws: as `open`, and `FileError` of kind `badData`.
  package func dataset(_ operand: String) throws -> (dataset: Dataset, name: String) {
    let file = try open(operand, as: .data)
    return (try Dataset(reading: file), file.name)
  }
}
