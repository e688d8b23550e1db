import NNCore

/// The operands by what they name: models, told by the content of their files, then pictures.
struct PredictionOperands {
  let models: [String]
  let pictures: [String]

  /// - Parameter models: the models that an option names. Without any, the first operands that are safetensors files
  ///   are the models, and without these, standard input is the model.
  init(_ operands: [String], models: [String]) {
    let named = models.isEmpty ? operands.prefix(while: Self.isSafetensors) : []
    pictures = Array(operands.dropFirst(named.count))
    self.models = models.isEmpty ? named.isEmpty ? ["-"] : Array(named) : models
  }

  /// Whether a name is that of a regular file that begins as safetensors do.
  private static func isSafetensors(_ name: String) -> Bool {
    name != "-" && InputFile.mapped(path: name).flatMap(DataFormat.init) == .safetensors
  }
}
