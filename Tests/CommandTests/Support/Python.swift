import Foundation
import Testing

/// The Python that checks our files against its own libraries: that of the variable NN_PYTHON, else `python3`.
enum Python {
  private static let command = ProcessInfo.processInfo.environment["NN_PYTHON"] ?? "python3"

  static let hasNumPy = has("numpy")
  static let hasPyArrow = has("pyarrow")
  static let hasSciPy = has("scipy.io")
  static let hasPillow = has("PIL.Image")
  static let hasSafetensors = has("safetensors.numpy")
  static let hasPyTorch = has("safetensors.torch")

  private static func has(_ module: String) -> Bool {
    (try? Shell().run("\(command) -c 'import \(module)' 2>/dev/null").status) == 0
  }

  /// Runs a script in the shell's directory and returns what it prints.
  @discardableResult
  static func run(_ script: String, in shell: Shell, sourceLocation: SourceLocation = #_sourceLocation) throws -> String
  {
    try shell.write(Array(script.utf8), to: "script.py")
    return try shell.output(of: "\(command) script.py", sourceLocation: sourceLocation)
  }
}
