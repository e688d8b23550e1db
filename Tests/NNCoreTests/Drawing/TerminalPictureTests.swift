import NNCore
import Testing

/// Pictures as sequences for terminals, read back as a terminal would.
@Suite struct TerminalPictureTests {
  /// A gradient with black and white in it, of 7 x 5.
  private static let pixels: [UInt8] = {
    var pixels = (0..<35).map { UInt8($0 * 7) }
    (pixels[3], pixels[20]) = (0, 255)
    return pixels
  }()

  @Test func ascii() {
    let lines = CharacterPicture([0, 255, 0, 255, 255, 255], columns: 2).ascii
    // Below an odd last row is black.
    #expect(lines == [" @", "=="])
    #expect(CharacterPicture(Self.pixels, columns: 7).ascii.map(\.count) == [7, 7, 7])
  }

  /// The greys that a terminal shows, upper and lower of each cell.
  private func shown(_ line: String) throws -> [(upper: Int, lower: Int)] {
    var (foreground, background) = (-1, -1)
    var cells: [(Int, Int)] = []
    var rest = Substring(line)
    while let character = rest.popFirst() {
      if character == "▀" {
        cells.append((foreground, background))
        continue
      }
      let bracket = rest.popFirst()
      try #require(character == "\u{1b}" && bracket == "[")
      let end = try #require(rest.firstIndex(of: "m"))
      var codes = rest[..<end].split(separator: ";").compactMap { Int($0) }
      rest = rest[rest.index(after: end)...]
      while !codes.isEmpty {
        let code = codes.removeFirst()
        if code == 0 {
          (foreground, background) = (-1, -1)
          continue
        }
        try #require(code == 38 || code == 48)
        let grey: Int
        if codes.removeFirst() == 2 {
          try #require(codes[0] == codes[1] && codes[1] == codes[2])
          grey = codes[0]
          codes.removeFirst(3)
        } else {
          let index = codes.removeFirst()
          grey = index == 16 ? 0 : index == 231 ? 255 : 8 + 10 * (index - 232)
        }
        if code == 38 { foreground = grey } else { background = grey }
      }
    }
    #expect((foreground, background) == (-1, -1), "colours end with the line")
    return cells
  }

  @Test(arguments: [(CharacterPicture.Colors.direct, 0), (.palette, 9)])
  func halfBlocks(_ colors: CharacterPicture.Colors, _ tolerance: Int) throws {
    let lines = CharacterPicture(Self.pixels, columns: 7).halfBlocks(colors)
    #expect(lines.count == 3)
    for (row, line) in lines.enumerated() {
      let cells = try shown(line)
      try #require(cells.count == 7)
      for (column, cell) in cells.enumerated() {
        #expect(abs(cell.upper - Int(Self.pixels[14 * row + column])) <= tolerance)
        let lower = row < 2 ? Int(Self.pixels[14 * row + 7 + column]) : 0
        #expect(abs(cell.lower - lower) <= tolerance)
      }
    }
    // What doesn't change is not told again.
    #expect(
      CharacterPicture(Array(repeating: 0, count: 20), columns: 10).halfBlocks(.direct)[0].count { $0 == "m" } == 2)
  }

  /// A picture drawn by sixels, by a reader of its own: greys in percent.
  private func drawn(_ text: String) throws -> (width: Int, height: Int, percents: [[Int]]) {
    var rest = Substring(text)
    func number() -> Int {
      let digits = rest.prefix { $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits) ?? -1
    }
    func take(_ expected: String) -> Bool {
      guard rest.hasPrefix(expected) else { return false }
      rest = rest.dropFirst(expected.count)
      return true
    }
    try #require(take("\u{1b}P0;1q\"1;1;"))
    let width = number()
    try #require(take(";"))
    let height = number()
    var percents = Array(repeating: Array(repeating: -1, count: width), count: height)
    var registers: [Int: Int] = [:]
    var (x, y, register) = (0, 0, 0)
    while !take("\u{1b}\\") {
      if take("#") {
        register = number()
        if take(";2;") {
          let red = number()
          try #require(take(";\(red);\(red)"))
          registers[register] = red
        }
      } else if take("$") {
        x = 0
      } else if take("-") {
        (x, y) = (0, y + 6)
      } else {
        let count = take("!") ? number() : 1
        let byte = rest.popFirst()?.asciiValue
        let pattern = Int(try #require(byte)) - 63
        try #require((0..<64).contains(pattern))
        for _ in 0..<count {
          for bit in 0..<6 where pattern >> bit & 1 == 1 {
            try #require(x < width && y + bit < height)
            #expect(percents[y + bit][x] == -1, "drawn twice")
            percents[y + bit][x] = try #require(registers[register])
          }
          x += 1
        }
      }
    }
    #expect(rest.isEmpty)
    return (width, height, percents)
  }

  @Test(arguments: [1, 3, 8])
  func sixel(scale: Int) throws {
    let (width, height, percents) = try drawn(Sixel.encode(Self.pixels, columns: 7, scale: scale))
    #expect((width, height) == (7 * scale, 5 * scale))
    for y in 0..<height {
      for x in 0..<width {
        let grey = Double(Self.pixels[y / scale * 7 + x / scale]) / 255 * 100
        // Half a step of fifteen, and what whole percents round away.
        #expect(abs(Double(percents[y][x]) - grey) <= 100.0 / 30 + 1, "\(x) \(y)")
      }
    }
    #expect(percents[0][3 * scale] == 0 && percents[2 * scale][6 * scale] == 100)
  }

  @Test func kitty() throws {
    var random = RandomState(seed: 1)
    // Noise, so that the file is of several parts.
    let pixels = (0..<100 * 100).map { _ in UInt8(random.integer(through: 255)) }
    let png = PNG.encode(grey: pixels, width: 100, height: 100)
    let text = KittyGraphics.encode(png: png, columns: 40, lines: 20)
    let parts = text.split(separator: "\u{1b}_G").map { $0.split(separator: ";", maxSplits: 1) }
    #expect(parts.count > 2 && text.hasPrefix("\u{1b}_G"))
    #expect(parts[0][0] == "a=T,f=100,q=2,C=1,c=40,r=20,m=1" && parts.last?[0] == "m=0")
    #expect(parts.dropFirst().dropLast().allSatisfy { $0[0] == "m=1" })
    let payloads = parts.map { $0[1].dropLast(2) }
    #expect(parts.allSatisfy { $0[1].hasSuffix("\u{1b}\\") } && payloads.allSatisfy { $0.count <= 4096 })
    #expect(payloads.dropLast().allSatisfy { $0.count % 4 == 0 })
    #expect(payloads.joined() == Base64.encode(png))
    #expect(
      KittyGraphics.encode(png: [1, 2, 3], columns: 4, lines: 2) == "\u{1b}_Ga=T,f=100,q=2,C=1,c=4,r=2,m=0;AQID\u{1b}\\"
    )
  }
}
