import NNCore
import Testing

@Suite struct KittyGraphicsTests {
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
