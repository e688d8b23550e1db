import NNCore
import Testing

@Suite struct CharacterPictureTests {
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
}
