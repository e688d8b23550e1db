import NNCore

/// The terminal that standard output goes to: what it shows, and how much of it.
package struct Terminal {
  /// The ways to show a picture, the finest first.
  package enum Graphics: String, CaseIterable, Sendable {
    case kitty, sixel, blocks, ascii
  }

  private let environment: (String) -> String

  package init() {
    environment = { name in getenv(name).map { String(cString: $0) } ?? "" }
  }

  private var type: String { environment("TERM") }
  private var program: String { environment("TERM_PROGRAM") }

  /// Whether what runs in this terminal is a multiplexer, to which the variables of the terminal around it don't apply.
  private var isMultiplexer: Bool {
    !environment("TMUX").isEmpty || !environment("STY").isEmpty || type.hasPrefix("screen") || type.hasPrefix("tmux")
  }

  /// The finest way that the terminal says it knows. A terminal that says nothing is asked.
  package var graphics: Graphics {
    guard isatty(STDOUT_FILENO) == 1, environment("NO_COLOR").isEmpty, type != "dumb", type != "" else { return .ascii }
    if !isMultiplexer {
      if ["xterm-kitty", "xterm-ghostty"].contains(type) || !environment("KITTY_WINDOW_ID").isEmpty
        || program == "WezTerm"
      {
        return .kitty
      }
      if ["foot", "mlterm", "yaft", "contour"].contains(where: type.hasPrefix) { return .sixel }
    }
    if TerminalQuery.attributes().contains(4) { return .sixel }
    return blockColors != nil && isUnicode ? .blocks : .ascii
  }

  /// How many colours half blocks can have; nil for too few. Who asks for them expressly has 256 at least.
  package var blockColors: CharacterPicture.Colors? {
    if ["truecolor", "24bit"].contains(environment("COLORTERM")) || type.hasSuffix("-direct") { return .direct }
    return type.contains("256color") ? .palette : nil
  }

  /// Characters in a line; nil if standard output is no terminal.
  package static var columns: Int? {
    guard isatty(STDOUT_FILENO) == 1 else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether characters beyond ASCII are understood.
  package var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].map(environment).first { !$0.isEmpty } ?? ""
    return locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
  }

  /// The terminal's pixels in a cell, if it tells them.
  package var cellSize: (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    let (width, height) = (Int(size.ws_xpixel) / Int(size.ws_col), Int(size.ws_ypixel) / Int(size.ws_row))
    return width > 0 && height > 0 ? (width, height) : nil
  }
}

/// Asking a terminal what it is.
private enum TerminalQuery {
  /// How long a terminal may take to answer, the way over a network counted in.
  private static let patience = Duration.milliseconds(250)

  /// What the terminal answers to "primary device attributes" (DA1): numbers of what it knows, 4 being sixel graphics.
  /// None if it doesn't answer, or isn't this process's to ask.
  static func attributes() -> [Int] {
    let descriptor = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    // One in the background would be stopped for changing the terminal's mode.
    guard tcgetpgrp(descriptor) == getpgrp() else { return [] }
    var old = termios()
    guard tcgetattr(descriptor, &old) == 0 else { return [] }
    // A signal that ends the process meanwhile must not leave the terminal without an echo.
    let answer = TemporaryFiles.holdingEnd {
      var mode = old
      mode.c_lflag &= ~tcflag_t(ICANON | ECHO)
      guard tcsetattr(descriptor, TCSADRAIN, &mode) == 0 else { return [UInt8]() }
      defer { tcsetattr(descriptor, TCSADRAIN, &old) }
      let question = Array("\u{1b}[c".utf8)
      guard write(descriptor, question, question.count) == question.count else { return [] }
      return readAnswer(descriptor)
    }
    return numbers(in: answer)
  }

  /// What comes until the letter that ends the answer.
  private static func readAnswer(_ descriptor: Int32) -> [UInt8] {
    let deadline = ContinuousClock.now + patience
    var answer: [UInt8] = []
    while answer.last != UInt8(ascii: "c"), answer.count < 256 {
      let left = (deadline - ContinuousClock.now).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard milliseconds > 0, poll(&waited, 1, Int32(milliseconds)) > 0 else { return [] }
      var byte: UInt8 = 0
      guard read(descriptor, &byte, 1) == 1 else { return [] }
      answer.append(byte)
    }
    return answer
  }

  /// The numbers of `ESC [ ? 62 ; 4 ; 22 c`.
  private static func numbers(in answer: [UInt8]) -> [Int] {
    guard let start = answer.lastIndex(of: UInt8(ascii: "?")) else { return [] }
    return String(decoding: answer[(start + 1)...].dropLast(), as: UTF8.self).split(separator: ";").compactMap {
      Int($0)
    }
  }
}
