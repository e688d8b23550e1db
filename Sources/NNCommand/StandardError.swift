import NNCore

/// Standard error: for people, so that a failure to write there is no failure.
package enum StandardError {
  package static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { NNCore.write(STDERR_FILENO, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      if written <= 0 { return }
      bytes = bytes.dropFirst(written)
    }
  }

  package static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Characters in a line of the terminal.
  package static var columns: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether characters beyond ASCII are shown, by the variables that tell of the locale.
  package static let showsUnicode: Bool = {
    let values = ["LC_ALL", "LC_CTYPE", "LANG"].map { (name: String) -> String in
      getenv(name).map { String(cString: $0) } ?? ""
    }
    let locale = values.first { !$0.isEmpty }?.lowercased() ?? ""
    return locale.hasSuffix("utf-8") || locale.hasSuffix("utf8")
  }()
}
