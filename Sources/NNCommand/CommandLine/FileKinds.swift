import ArgumentParser

extension CompletionKind {
  /// A data file, a model or a checkpoint.
  package static var safetensors: CompletionKind { .file(extensions: ["safetensors"]) }
  package static var png: CompletionKind { .file(extensions: ["png"]) }
  /// Any file.
  package static var anyFile: CompletionKind { .file() }
}
