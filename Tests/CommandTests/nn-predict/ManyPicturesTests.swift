import Foundation
import Testing

/// nn-predict on lists of names, folders, and pictures that follow one another on a pipe.
struct ManyPicturesTests {
  private let shell: Shell
  private static let command = "nn-predict --model model.safetensors"

  init() throws {
    shell = try Shell()
    try shell.makeModelAndPictures()
  }

  @Test(arguments: ["--files0-from list", "--files0-from - <list", "-0 <list"])
  func listOfNames(_ option: String) throws {
    let expected = try shell.output(of: "\(Self.command) pictures/03.png pictures pictures/01.png")
    // The last name may lack its NUL.
    for end in ["", "\\0"] {
      try shell.output(of: "printf 'pictures/03.png\\0pictures\\0pictures/01.png\(end)' >list")
      #expect(try shell.output(of: "\(Self.command) \(option)") == expected)
    }
    #expect(
      try shell.output(of: "find pictures -name '*.png' -print0 | sort -z >list; \(Self.command) \(option)")
        == shell.output(of: "\(Self.command) pictures"))
    #expect(try shell.output(of: ": >list; \(Self.command) \(option)") == "")
  }

  @Test func faultsInAList() throws {
    try shell.output(of: "printf 'pictures/00.png\\0\\0missing.png\\0-\\0pictures/01.png' >list")
    let result = try shell.run("\(Self.command) --files0-from list")
    #expect(result.status == 65 && table(result.output).map { $0[0] } == ["pictures/00.png", "pictures/01.png"])
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("nn-predict: list: name 2 is empty") && lines[1].hasPrefix("nn-predict: missing.png: "))
    #expect(lines[2].hasPrefix("nn-predict: list: name 4 is '-'"))
    expectFailure(try shell.run("\(Self.command) --files0-from nowhere"), 66, contains: "nowhere: No such file")
    expectFailure(
      try shell.run("cat model.safetensors | nn-predict -0"), 64, contains: "standard input can be read only once")
  }

  /// Names with every character that a column can't hold are told so that printf gives them back.
  @Test func oddNames() throws {
    let names = ["a\tb.png", "c\nd\re.png", "f\\t.png", "g\u{1b}[1m\u{7f}.png", "ü é.png"]
    for name in names {
      try shell.write(shell.read("pictures/00.png"), to: name)
    }
    try shell.write(Array(names.map { $0 + "\0" }.joined().utf8), to: "list")
    let rows = table(try shell.output(of: "\(Self.command) -0 <list"))
    #expect(rows.map { $0[0] } == ["a\\tb.png", "c\\nd\\re.png", "f\\\\t.png", "g\\0033[1m\\0177.png", "ü é.png"])
    #expect(rows.allSatisfy { $0.count == 3 })
    let back = try shell.output(
      of: "\(Self.command) -0 <list | cut -f 1 | while IFS= read -r name; do printf '%b\\0' \"$name\"; done")
    #expect(back == names.map { $0 + "\0" }.joined())
    let lines = try shell.output(of: "\(Self.command) -0 --json <list").split(separator: "\n")
    #expect(
      try lines.map { try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["file"] as? String }
        == names)
  }

  #if os(Linux)
    /// To the system a name is bytes, which need not be UTF-8; macOS refuses others.
    @Test func namesThatAreNoUTF8() throws {
      try shell.output(of: "mkdir latin; cp pictures/00.png \"latin/$(printf 'caf\\351')\".png; ls latin/* >name")
      let row = try shell.output(of: "\(Self.command) pictures/00.png").split(separator: "\t").dropFirst().joined(
        separator: "\t")
      for operands in ["latin", "latin/caf*", "-0 <list"] {
        try shell.output(of: "find latin -name '*.png' -print0 >list")
        #expect(try shell.output(of: "\(Self.command) \(operands)") == "latin/caf\\0351.png\t" + row)
        try shell.output(of: "\(Self.command) \(operands) | cut -f 1 | xargs -0 printf %b | cmp - name")
        #expect(
          try shell.output(of: "\(Self.command) --json \(operands)").hasPrefix("{\"file\":\"latin/caf\u{fffd}.png\","))
      }
      try shell.output(of: "\(Self.command) latin -o \"$(printf 'out\\377')\" && test -s out*")
      expectFailure(
        try shell.run("\(Self.command) \"$(printf 'none\\351')\""), 66, contains: "none\u{fffd}: No such file")
    }
  #endif

  @Test func emptyFolderAmongOthers() throws {
    let result = try shell.run("mkdir empty; \(Self.command) pictures/00.png empty pictures/01.png")
    expectFailure(result, 65, contains: "empty: holds no PNG or JPEG files")
    #expect(table(result.output).map { $0[0] } == ["pictures/00.png", "pictures/01.png"])
  }

  @Test func severalOnAPipe() throws {
    let expected = table(try shell.output(of: "\(Self.command) pictures")).map { Array($0.dropFirst()) }
    let rows = table(try shell.output(of: "cat pictures/*.png | \(Self.command) -"))
    #expect(rows.map { $0[0] } == ["-"] + (2...12).map { "-:\($0)" })
    #expect(rows.map { Array($0.dropFirst()) } == expected)
    // Between files, and from a file instead of a pipe.
    try shell.output(of: "cat pictures/00.png pictures/01.png >two")
    let mixed = table(try shell.output(of: "\(Self.command) pictures/02.png - pictures/03.png <two"))
    #expect(mixed.map { $0[0] } == ["pictures/02.png", "-", "-:2", "pictures/03.png"])
    #expect(mixed.map { Array($0.dropFirst()) } == [2, 0, 1, 3].map { expected[$0] })
  }

  @Test func badOnesOnAPipe() throws {
    let result = try shell.run(
      "(cat pictures/00.png; head -c 60 pictures/01.png; cat pictures/02.png; printf 'GIF89a') | \(Self.command) -"
    )
    #expect(result.status == 65 && table(result.output).map { $0[0] } == ["-", "-:3"])
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("nn-predict: standard input, picture 2: damaged PNG"))
    #expect(lines[1].hasPrefix("nn-predict: standard input, picture 4: is a GIF inside"))
    expectFailure(try shell.run("\(Self.command) - </dev/null"), 65, contains: "standard input: is empty, not a PNG")
  }

  /// Each picture of a pipe is answered before the next has come.
  @Test func answersComeAtOnce() throws {
    try shell.output(of: "mkfifo pipe")
    let predicting = try shell.start("\(Self.command) - <pipe >answers")
    let writing = try shell.start(
      "exec >pipe; cat pictures/00.png; while [ ! -e go ]; do sleep 0.02; done; cat pictures/01.png")
    for _ in 0..<1500 where try !(shell.names.contains("answers") && !shell.read("answers").isEmpty) {
      Thread.sleep(forTimeInterval: 0.02)
    }
    #expect(table(String(decoding: try shell.read("answers"), as: UTF8.self)).map { $0[0] } == ["-"])
    try shell.output(of: "touch go")
    #expect(try writing.wait().status == 0 && predicting.wait().status == 0)
    #expect(table(String(decoding: try shell.read("answers"), as: UTF8.self)).map { $0[0] } == ["-", "-:2"])
  }

  @Test func threadsChangeNothing() throws {
    try shell.output(of: "for n in 1 2 3 4 5 6 7 8; do cat pictures/*.png; head -c 50 pictures/00.png; done >many")
    let one = try shell.run("\(Self.command) - --threads 1 <many")
    #expect(one.status == 65 && table(one.output).count == 96)
    for threads in [2, 7] {
      let other = try shell.run("\(Self.command) - --threads \(threads) <many")
      #expect(other.output == one.output && other.errors == one.errors && other.status == 65)
    }
  }

  @Test func ensemble() throws {
    try shell.output(
      of: "nn-init 784 10 --seed 7 -o second.safetensors; nn-init 784 9 10 --seed 8 -o third.safetensors")
    let files = ["model", "second", "third"].map { "\($0).safetensors" }
    let options = files.map { "--model \($0)" }.joined(separator: " ")
    for input in ["--raw pictures", "--data twelve.safetensors"] {
      let alone = try files.map { table(try shell.output(of: "nn-predict --model \($0) --top 10 \(input)")) }
      let together = table(try shell.output(of: "nn-predict \(options) --top 10 \(input)"))
      #expect(together.count == 12)
      for (index, row) in together.enumerated() {
        for digit in (0...9).map(String.init) {
          let pairs = alone.map { rows in
            stride(from: 1, to: 21, by: 2).first { rows[index][$0] == digit }.map { Double(rows[index][$0 + 1])! }!
          }
          let got = stride(from: 1, to: 21, by: 2).first { row[$0] == digit }.map { Double(row[$0 + 1])! }!
          #expect(abs(got - pairs.reduce(0, +) / 3) < 1e-6)
        }
      }
    }
    try shell.output(of: "nn-init 100 10 -o small.safetensors")
    expectFailure(
      try shell.run("nn-predict --model model.safetensors --model small.safetensors pictures"), 65,
      contains: "small.safetensors: takes 100 inputs, and model.safetensors takes 784 inputs: they can't be averaged")
  }
}
