import Foundation
import Testing

/// What nn-predict shows of a picture.
struct ShowTests {
  private let shell: Shell
  private static let command = "nn-predict --model model.safetensors"

  init() throws {
    shell = try Shell()
    try shell.makeModelAndPictures()
  }

  private func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  @Test func ascii() throws {
    for options in [
      "--raw pictures/00.png", "pictures/00.png", "--data twelve.safetensors | head -n 15",
      "--graphics ascii --raw pictures/00.png",
    ] {
      let lines = lines(try shell.output(of: "\(Self.command) --show \(options)"))
      #expect(lines.count == 16 && lines[0].split(separator: "\t").count == 3 && lines[15] == "")
      #expect(lines[1...14].allSatisfy { $0.utf8.count >= 28 && $0.utf8.allSatisfy { $0 < 127 } })
      #expect(lines[1...14].map { $0.prefix(28) }.joined().count { $0 != " " } > 30)
      // A bar for each class, as long as it is likely.
      let bars = lines[1...10].map { $0.dropFirst(30).split(separator: " ") }
      let names = bars.map { String($0[0]) }
      #expect(names == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
      let fields = lines[0].split(separator: "\t")
      let best = try #require(bars.first { $0[0] == fields[1] })
      let probability = try #require(Double(fields[2]))
      #expect(abs(Double(best[best.count - 1])! - probability) <= 0.0005)
      let length = Int((probability * 20).rounded())
      #expect(best[1].filter { $0 == "#" }.count == length)
    }
  }

  @Test func picturesInTheTerminalsWay() throws {
    let blocks = lines(try shell.output(of: "\(Self.command) --show --graphics blocks --raw pictures/00.png"))
    #expect(blocks.count == 16)
    for line in blocks[1...14] {
      #expect(line.hasPrefix("\u{1b}[38;"))
      #expect(line.split(separator: "▀", omittingEmptySubsequences: false).count == 29)
    }
    let kitty = try shell.output(of: "\(Self.command) --show --graphics kitty --raw pictures/00.png")
    #expect(kitty.contains("\u{1b}_Ga=T,f=100,q=2,C=1,c=28,r=14,m=0;iVBORw0KGgo"))
    let sixel = try shell.output(of: "\(Self.command) --show --graphics sixel --raw pictures/00.png")
    #expect(sixel.contains("\u{1b}P0;1q\"1;1;224;224#0;2;0;0;0"))
    for text in [kitty, sixel] {
      // Room is made, the picture drawn, and the bars put beside it.
      #expect(text.contains(String(repeating: "\n", count: 14) + "\u{1b}[14A\u{1b}7\u{1b}"))
      #expect(text.contains("\u{1b}\\\u{1b}8\u{1b}[30C0 ") && text.contains("\u{1b}[30C9 "))
    }
  }

  @Test func nothingToShow() throws {
    try shell.makeBlank("blank.png")
    #expect(lines(try shell.output(of: "\(Self.command) --show blank.png")).count == 2)
    try shell.write(Samples.features([[1, 2]], labels: nil), to: "features.safetensors")
    let lines = lines(try shell.output(of: "nn-init 2 3 | nn-predict --data features.safetensors --show"))
    #expect(lines.count == 5 && lines[1].hasPrefix("0 ") && lines[3].hasPrefix("2 "))
  }

  /// What is drawn on a terminal that calls itself so.
  @Test(
    .enabled(if: Shell.has("script"), "needs script(1)"),
    arguments: [
      ("TERM=xterm-kitty COLORTERM=truecolor", "kitty"), ("TERM=xterm-256color KITTY_WINDOW_ID=1", "kitty"),
      ("TERM=foot COLORTERM=truecolor", "sixel"), ("TERM=mlterm", "sixel"),
      ("TERM=xterm-256color COLORTERM=truecolor", "direct"), ("TERM=xterm-256color", "palette"),
      ("TERM=screen-256color TMUX=1 KITTY_WINDOW_ID=1", "palette"), ("TERM=xterm-256color LC_ALL=C", "ascii"),
      ("TERM=xterm-kitty NO_COLOR=1", "ascii"), ("TERM=dumb COLORTERM=truecolor", "ascii"), ("TERM=vt100", "ascii"),
    ])
  func terminal(_ environment: String, _ expected: String) throws {
    let clean =
      "unset COLORTERM NO_COLOR TMUX STY TERM_PROGRAM KITTY_WINDOW_ID LC_CTYPE; export LC_ALL=C.UTF-8 \(environment)"
    try shell.write(Array("\(clean); \(Self.command) --show --raw pictures/00.png".utf8), to: "show.sh")
    #if os(Linux)
      try shell.run("script -qec 'sh show.sh' typescript >/dev/null")
    #else
      try shell.run("script -q typescript sh show.sh >/dev/null")
    #endif
    let shown = String(decoding: try shell.read("typescript"), as: UTF8.self)
    let marks = [
      "kitty": "\u{1b}_G", "sixel": "\u{1b}P0;1q", "direct": "\u{1b}[38;2;0;0;0", "palette": "\u{1b}[38;5;16;48;5;16m",
      "ascii": " #",
    ]
    #expect(shown.contains("pictures/00.png\t"))
    for (name, mark) in marks { #expect(shown.contains(mark) == (name == expected), "\(name)") }
  }

  /// Runs its second and further arguments on a terminal that answers the first to a question for its attributes, and
  /// prints how often it was asked, what was drawn, and whether the terminal is as it was.
  private static let askedTerminal = #"""
    import os, pty, sys, termios

    process, terminal = pty.fork()
    if process == 0:
        for name in ("COLORTERM", "NO_COLOR", "TMUX", "STY", "TERM_PROGRAM", "KITTY_WINDOW_ID"):
            os.environ.pop(name, None)
        os.environ["TERM"] = "xterm"
        os.execvp(sys.argv[2], sys.argv[2:])
    shown = b""
    asked = 0
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
        if shown.count(b"\x1b[c") > asked:
            asked += 1
            os.write(terminal, sys.argv[1].encode().decode("unicode_escape").encode())
        mode = termios.tcgetattr(terminal)[3]
    os.waitpid(process, 0)
    print(asked, b"\x1bP0;1q" in shown, b" #" in shown, bool(mode & termios.ECHO and mode & termios.ICANON))
    """#

  /// A terminal that says nothing of itself is asked whether it knows sixels, and may be silent or answer in part.
  @Test(
    .enabled(if: Shell.has("python3")),
    arguments: [
      (#"\x1b[?62;4;22c"#, "1 True False True"), (#"\x1b[?4c"#, "1 True False True"),
      (#"\x1b[?1;2c"#, "1 False True True"),
      (#"\x1b[?14;24c"#, "1 False True True"), (#"\x1b[?62;4"#, "1 False True True"), ("", "1 False True True"),
    ])
  func question(_ answer: String, _ outcome: String) throws {
    try shell.write(Array(Self.askedTerminal.utf8), to: "terminal.py")
    let output = try shell.output(of: "python3 terminal.py '\(answer)' \(Self.command) --show --raw pictures/00.png")
    #expect(output == outcome + "\n")
  }

  @Test func stages() throws {
    try shell.makeBlank("blank.png")
    try shell.output(
      of:
        "mkdir -p a/b; cp pictures/00.png a/7.png; cp pictures/01.png a/b/7.png; cp pictures/02.png a/7-2.PNG; cp pictures/02.png ..png"
    )
    let names = ["a/7.png", "a/b/7.png", "a/7-2.PNG", "../work/a/7.png", "..png", "-", "blank.png"].joined(
      separator: " ")
    let output = try shell.output(
      of: "cat pictures/03.png pictures/04.png | \(Self.command) --normalize \(names) --show-stages stages")
    #expect(
      try output == shell.output(of: "cat pictures/03.png pictures/04.png | \(Self.command) --normalize \(names)"))
    let folders = try shell.output(of: "cd stages && find . -type d | sort").split(separator: "\n")
    #expect(
      folders == [
        ".", "./7", "./7-2", "./7-2-2", "./7-3", "./blank", "./picture.", "./standard-input", "./standard-input-2",
      ])
    let files = try shell.output(of: "ls stages/7").split(separator: "\n")
    #expect(files.count >= 4 && files[0] == "1-grey.png" && files.last == "\(files.count)-seen.png")
    #expect(files.enumerated().allSatisfy { $1.hasPrefix("\($0 + 1)-") })
    #expect(try shell.output(of: "ls stages/blank").hasPrefix("1-grey.png"))
    // The last is what the network saw.
    let rows = table(
      try shell.output(
        of: "\(Self.command) --raw stages/7/*-seen.png stages/7-2/*-seen.png stages/standard-input-2/*-seen.png"))
    let all = table(output)
    #expect(zip(rows, [all[0], all[1], all[6]]).allSatisfy { $0.dropFirst() == $1.dropFirst() })
    expectFailure(
      try shell.run("\(Self.command) a --show-stages stages"), 73, contains: "stages: is a folder with something in it")
    expectFailure(
      try shell.run("\(Self.command) a --show-stages no/where"), 73, contains: "no/where: No such file or directory")
  }
}
