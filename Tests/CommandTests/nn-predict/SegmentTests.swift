import Foundation
import Testing

/// nn-predict on pictures of several digits.
struct SegmentTests {
  private let shell: Shell
  private static let command = "nn-predict --model model.safetensors --segment"
  private static let mnist = ProcessInfo.processInfo.environment["MNIST_DIR"]

  init() throws {
    shell = try Shell()
  }

  /// Digits to compose numbers of, and a model for them: MNIST's where it is there, else those that mnist-prepare
  /// draws.
  private func makeModel(layers: String = "784 64 10", epochs: Int) throws -> NumberComposer {
    let source =
      Self.mnist.map { ("'\($0)' --part train", "'\($0)' --part test") } ?? (
        "--synthetic 30000 --seed 1", "--synthetic 5000 --seed 2"
      )
    try shell.output(
      of: """
        mnist-prepare -q \(source.0) -o train.safetensors && mnist-prepare -q \(source.1) -o test.safetensors &&
          nn-init \(layers) --seed 1 | nn-train -q --data train.safetensors --augment --epochs \(epochs) \\
            --learning-rate 0.002 --schedule cosine -o model.safetensors
        """)
    let data = try PlainSafetensors(shell.read("test.safetensors"))
    return NumberComposer(
      pixels: try #require(data.tensors["images"]).bytes, labels: try #require(data.tensors["labels"]).bytes)
  }

  /// Writes canvases of one size as PNG, light on dark, or dark on light.
  private func write(_ numbers: [NumberComposer.Number], as name: String, isDark: Bool) throws {
    let (height, width) = (NumberComposer.height, NumberComposer.width)
    let pixels = numbers.flatMap { isDark ? $0.pixels.map { 250 - $0 / 10 * 9 } : $0.pixels }
    try shell.write(Samples.idx(8, [numbers.count, height, width], pixels), to: "\(name).idx")
    try shell.output(of: "mnist-prepare -q --raw \(name).idx --to png -o \(name)")
  }

  @Test func numbersOfDigitsThatDoNotTouch() throws {
    var composer = try makeModel(layers: "784 512 256 10", epochs: 12)
    for isDark in [false, true] {
      try expectReadable((0..<300).map { _ in composer.number() }, isDark: isDark)
    }
  }

  private func expectReadable(_ numbers: [NumberComposer.Number], isDark: Bool) throws {
    try shell.output(of: "rm -rf numbers")
    try write(numbers, as: "numbers", isDark: isDark)
    let rows = table(try shell.output(of: "\(Self.command) numbers"))
    let read = Dictionary(grouping: rows) { $0[0] }
    var (right, boxes, misplaced) = (0, 0, 0)
    for (place, number) in numbers.enumerated() {
      let lines = try #require(read["numbers/\(String(format: "%03d", place)).png"])
      if lines.count == 1, lines[0][1] == number.string {
        right += 1
        // Boxes are where digits were put, but for pale ends of strokes.
        for (column, box) in zip(lines[0].dropFirst(3), number.boxes) {
          let found = column.split(separator: " ").compactMap { Int($0) }
          try #require(found.count >= 5)
          boxes += 1
          if abs(found[0] - box.x) > 2 || abs(found[0] + found[2] - box.x - box.width) > 2 { misplaced += 1 }
        }
      }
    }
    #expect(misplaced * 50 <= boxes, "\(misplaced) of \(boxes)")
    // Strings are right as often as five digits on the average: 99 of 100 digits make 95 of 100 strings.
    #expect(right >= 285, "\(right) of 300")
  }

  @Test func formOfTheOutput() throws {
    var composer = try makeModel(epochs: 2)
    let numbers = (0..<6).map { _ in composer.number() }
    try write(numbers, as: "numbers", isDark: true)
    let text = try shell.output(of: "\(Self.command) numbers")
    let rows = table(text)
    for row in rows {
      #expect(row.count == 3 + row[1].count { $0 != " " })
      let columns = row.dropFirst(3).map { $0.split(separator: " ").map(String.init) }
      #expect(columns.allSatisfy { $0.count == 6 })
      #expect(columns.map { $0[4] }.joined() == row[1].replacing(" ", with: ""))
      let product = columns.reduce(1) { $0 * (Double($1[5]) ?? 2) }
      #expect(isClose(product, try #require(Double(row[2])), relative: 1e-4))
      #expect(columns.map { Int($0[0]) ?? -1 } == columns.map { Int($0[0]) ?? -2 }.sorted())
    }
    #expect(try shell.output(of: "\(Self.command) numbers --threads 1") == text)
    let lines = try shell.output(of: "\(Self.command) --json numbers").split(separator: "\n")
    #expect(lines.count == 6)
    let read = Dictionary(grouping: rows) { $0[0] }
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let own = try #require(read[object["file"] as? String ?? ""])
      #expect(object["string"] as? String == own.map { $0[1] }.joined(separator: "\n"))
      let lines = try #require(object["lines"] as? [[String: Any]])
      #expect(lines.map { $0["string"] as? String } == own.map { $0[1] })
      for (line, row) in zip(lines, own) {
        let digits = try #require(line["digits"] as? [[String: Any]])
        let columns = digits.map { digit in
          (["x", "y", "w", "h"].map { "\(digit[$0] as? Int ?? -1)" } + [digit["digit"] as? String ?? ""])
            .joined(separator: " ")
        }
        #expect(columns == row.dropFirst(3).map { $0.split(separator: " ").dropLast().joined(separator: " ") })
      }
    }
  }

  @Test func whatIsNotReadable() throws {
    var composer = try makeModel(epochs: 1)
    try write([composer.number()], as: "numbers", isDark: false)
    try shell.write(Samples.idx(8, [1, 40, 90], Array(repeating: 200, count: 3600)), to: "blank")
    try shell.output(of: "mnist-prepare -q --raw blank --to png -o blanks; echo text >text.png")
    let result = try shell.run("\(Self.command) blanks/0.png text.png numbers/0.png")
    expectFailure(result, 65, contains: "text.png: ", "not a PNG")
    let rows = table(result.output)
    #expect(
      rows.first?.prefix(3) == ["blanks/0.png", "-", "0"] && rows.first?.last?.contains("no digit found") == true)
    #expect(rows.last?[0] == "numbers/0.png")
    #expect(
      try shell.output(of: "\(Self.command) blanks/0.png --json").contains("\"lines\":[],\"reason\":\"no digit found"))
    #expect(try shell.run("\(Self.command) --strict blanks/0.png").status == 65)
    let unsure = table(try shell.output(of: "\(Self.command) --min-probability 1 numbers/0.png"))
    #expect(unsure.allSatisfy { $0[1].contains("-") })
  }

  @Test(arguments: ["--raw", "--top 2", "--show"])
  func whatItExcludes(option: String) throws {
    expectFailure(try shell.run("\(Self.command) \(option) x.png"), 64, contains: "--segment")
  }
}

/// Puts digits of 28 x 28 side by side, with gaps of random width.
private struct NumberComposer {
  static let (height, width) = (44, 400)

  struct Number {
    let string: String
    let pixels: [UInt8]
    /// Where the ink of each digit was put.
    let boxes: [(x: Int, width: Int)]
  }

  let pixels: [UInt8]
  let labels: [UInt8]
  private var state: UInt64 = 7

  init(pixels: [UInt8], labels: [UInt8]) {
    (self.pixels, self.labels) = (pixels, labels)
  }

  /// A number of 2 to 8 digits, in crops of their ink.
  mutating func number() -> Number {
    var canvas = Array(repeating: UInt8(0), count: Self.height * Self.width)
    var (string, boxes, x) = ("", [(x: Int, width: Int)](), 3 + random(8))
    for _ in 0..<2 + random(7) {
      let place = random(labels.count)
      let tile = pixels[place * 784..<(place + 1) * 784]
      let inked = (0..<28).filter { column in (0..<28).contains { tile[tile.startIndex + $0 * 28 + column] > 64 } }
      let (left, right, top) = (inked.first ?? 0, inked.last ?? 27, 4 + random(8))
      // The pale edge beside the ink as well.
      for row in 0..<28 {
        for column in max(0, left - 1)...min(27, right + 1) where tile[tile.startIndex + row * 28 + column] > 0 {
          canvas[(top + row) * Self.width + x + column - left] = tile[tile.startIndex + row * 28 + column]
        }
      }
      string += "\(labels[place])"
      boxes.append((x, right - left + 1))
      x += right - left + 1 + 4 + random(14)
    }
    return Number(string: string, pixels: canvas, boxes: boxes)
  }

  /// A number below `count`, by a linear congruence (Knuth's MMIX).
  private mutating func random(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}
