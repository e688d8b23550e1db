import NNCore
import Testing

@Suite struct SixelTests {
  /// A gradient with black and white in it, of 7 x 5.
  private static let pixels: [UInt8] = {
    var pixels = (0..<35).map { UInt8($0 * 7) }
    (pixels[3], pixels[20]) = (0, 255)
    return pixels
  }()

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
}
