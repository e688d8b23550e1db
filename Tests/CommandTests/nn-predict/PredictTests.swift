import Foundation
import Testing

/// nn-predict on pictures.
struct PredictTests {
  private let shell: Shell
  private static let command = "nn-predict --model model.safetensors"

  init() throws {
    shell = try Shell()
    try shell.makeModelAndPictures()
  }

  private static let names = (0..<12).map { "pictures/\($0 < 10 ? "0" : "")\($0).png" }

  @Test func rawPicturesAreTheData() throws {
    let pictures = table(try shell.output(of: "\(Self.command) --raw pictures"))
    let data = table(try shell.output(of: "\(Self.command) --data twelve.safetensors"))
    #expect(pictures.map { $0[0] } == Self.names && data.map { $0[0] } == (0..<12).map(String.init))
    #expect(pictures.map { $0.dropFirst() } == data.map { $0.dropFirst() })
    let labels = Samples.digits(300, seed: 1).labels.dropFirst(8).prefix(12)
    #expect(zip(pictures, labels).count { $0[1] == "\($1)" } >= 11)
  }

  @Test func filesAndFolders() throws {
    try shell.output(
      of: "mkdir -p deep/er; cp pictures/00.png deep/er/A.PNG; cp pictures/01.png deep/b.png; touch deep/notes.txt")
    let rows = table(try shell.output(of: "\(Self.command) pictures/03.png deep pictures/ pictures/03.png"))
    let expected = ["pictures/03.png", "deep/b.png", "deep/er/A.PNG"] + Self.names + ["pictures/03.png"]
    #expect(rows.map { $0[0] } == expected)
    #expect(rows.allSatisfy { $0.count == 3 && Int($0[1]) != nil && (0...1).contains(Double($0[2]) ?? -1) })
    #expect(rows.first?.dropFirst() == rows.last?.dropFirst())
    let piped = table(try shell.output(of: "\(Self.command) pictures/00.png - pictures/01.png <pictures/03.png"))
    #expect(piped.map { $0[0] } == ["pictures/00.png", "-", "pictures/01.png"])
    #expect(piped[1].dropFirst() == rows[0].dropFirst())
  }

  /// The normalised picture is what it is however it is drawn: dark on light as well.
  @Test(.enabled(if: Python.hasPillow, "needs Pillow"))
  func paperAndInk() throws {
    try Python.run(
      """
      from PIL import Image, ImageOps
      picture = Image.open("pictures/00.png")
      ImageOps.invert(picture).save("inverted.png")
      ImageOps.invert(picture).convert("RGBA").save("rgba.png")
      ImageOps.invert(picture).convert("P").save("palette.png")
      ImageOps.expand(ImageOps.invert(picture), 40, 255).save("wide.png")
      """, in: shell)
    let rows = table(try shell.output(of: "\(Self.command) pictures/00.png inverted.png rgba.png palette.png wide.png"))
    #expect(rows.allSatisfy { $0[1] == rows[0][1] })
  }

  @Test func top() throws {
    for (count, columns) in [(1, 3), (3, 7), (10, 21), (99, 21)] {
      for row in table(try shell.output(of: "\(Self.command) --raw pictures --top \(count)")) {
        #expect(row.count == columns)
        let probabilities = stride(from: 2, to: row.count, by: 2).compactMap { Double(row[$0]) }
        #expect(probabilities == probabilities.sorted(by: >))
        if count >= 10 {
          #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
          #expect(Set(stride(from: 1, to: row.count, by: 2).map { row[$0] }).count == 10)
        }
      }
    }
  }

  @Test func json() throws {
    let rows = table(try shell.output(of: "\(Self.command) --raw pictures --top 3"))
    let lines = try shell.output(of: "\(Self.command) --raw pictures --top 3 --json").split(separator: "\n")
    #expect(lines.count == 12)
    for (row, line) in zip(rows, lines) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["file"] as? String == row[0] && object["digit"] as? String == row[1])
      #expect(object["probability"] as? Double == Double(row[2]))
      let top = try #require(object["top"] as? [[String: Any]])
      #expect(top.map { $0["digit"] as? String } == [row[1], row[3], row[5]])
      #expect(top.map { $0["probability"] as? Double } == [Double(row[2]), Double(row[4]), Double(row[6])])
    }
    let one = try shell.output(of: "cp pictures/00.png 'a \"b\" \\ é.png'; \(Self.command) --json 'a \"b\" \\ é.png'")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(one.utf8)) as? [String: Any])
    #expect(
      object["file"] as? String == "a \"b\" \\ é.png" && object.keys.sorted() == ["digit", "file", "probability"])
  }

  private func png() throws -> [UInt8] { try shell.read("pictures/00.png") }

  /// One that is no picture is told, and the others are answered all the same.
  private func expectRefusal(_ bytes: [UInt8], _ message: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    try shell.write(bytes, to: "odd.png")
    let others = try shell.output(of: "\(Self.command) pictures/00.png pictures/01.png")
    let result = try shell.run("\(Self.command) pictures/00.png odd.png pictures/01.png")
    expectFailure(result, 65, contains: "nn-predict: odd.png: ", message, sourceLocation: sourceLocation)
    #expect(result.output == others, sourceLocation: sourceLocation)
    expectFailure(
      try shell.run("cat odd.png | \(Self.command) -"), 65, contains: "standard input: ", message,
      sourceLocation: sourceLocation)
    try shell.write(Array("old".utf8), to: "answers")
    expectFailure(
      try shell.run("\(Self.command) odd.png -o answers"), 65, contains: message, sourceLocation: sourceLocation)
    #expect(try shell.read("answers") == Array("old".utf8), sourceLocation: sourceLocation)
    try shell.output(
      of: "\(Self.command) pictures/00.png odd.png pictures/01.png -o answers 2>/dev/null || test $? = 65")
    #expect(String(decoding: try shell.read("answers"), as: UTF8.self) == others, sourceLocation: sourceLocation)
  }

  /// How files of other formats begin.
  private static let otherFormats: [(name: String, start: String)] = [
    ("GIF", "GIF89a"), ("BMP", "BM\0\0\0\0"),
    ("WebP", "RIFF\0\0\0\0WEBPVP8 "),
    ("PDF", "%PDF-1.7"), ("HEIC", "\0\0\0\u{18}ftypheic"), ("TIFF", "II*\0"), ("SVG", "<svg/>"),
  ]

  @Test(arguments: otherFormats)
  func otherFormat(_ name: String, _ start: String) throws {
    try expectRefusal(
      start.unicodeScalars.map { UInt8($0.value) }, "is a \(name) inside, not a PNG or JPEG: convert it")
  }

  @Test func damage() throws {
    try expectRefusal([], "is empty, not a PNG")
    try expectRefusal(Array("text".utf8), "byte 0: is not a PNG")
    let sound = try png()
    for length in [8, 20, 33, sound.count / 2, sound.count - 20] {
      try expectRefusal(Array(sound.prefix(length)), "damaged PNG")
    }
    // In the header's CRC, in that of the pixels, and in the pixels.
    let pixels = try #require(sound.indices.first { sound[$0...].starts(with: Array("IDAT".utf8)) })
    let end = try #require(sound.indices.last { sound[$0...].starts(with: Array("IEND".utf8)) })
    for place in [29, end - 5, pixels + 20] {
      var bytes = sound
      bytes[place] ^= 0x55
      try expectRefusal(bytes, "damaged PNG")
    }
  }

  @Test func rawOfAnotherSize() throws {
    try shell.write(
      Samples.idx(8, [1, 27, 28], Array(0..<189) + Array(0..<189) + Array(0..<189) + Array(0..<189)), to: "low")
    try shell.output(of: "mnist-prepare -q low --to png -o low.d; cp low.d/0.png odd.png")
    expectFailure(
      try shell.run("\(Self.command) --raw odd.png"), 65,
      contains: "odd.png: is of 28 x 27 pixels, and --raw needs the model's 28 x 28")
  }

  @Test func missingAmongOthers() throws {
    let result = try shell.run("\(Self.command) pictures/00.png missing.png pictures/01.png")
    expectFailure(result, 66, contains: "nn-predict: missing.png: No such file or directory")
    #expect(table(result.output).map { $0[0] } == ["pictures/00.png", "pictures/01.png"])
  }

  /// Each answer is there before the next picture is asked for.
  @Test func answersAreFlushed() throws {
    try shell.output(of: "mkfifo late.png")
    let predicting = try shell.start("\(Self.command) pictures/00.png late.png >answers")
    for _ in 0..<3000 where try !(shell.names.contains("answers") && !shell.read("answers").isEmpty) {
      Thread.sleep(forTimeInterval: 0.01)
    }
    #expect(String(decoding: try shell.read("answers"), as: UTF8.self).hasPrefix("pictures/00.png\t"))
    try shell.output(of: "cat pictures/01.png >late.png")
    #expect(try predicting.wait().status == 0)
    #expect(
      table(String(decoding: try shell.read("answers"), as: UTF8.self)).map { $0[0] } == [
        "pictures/00.png", "late.png",
      ])
  }
}
