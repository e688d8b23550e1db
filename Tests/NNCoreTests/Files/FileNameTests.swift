import NNCore
import Testing

struct FileNameTests {
  @Test func bytesComeBack() throws {
    let names: [[UInt8]] = [
      Array("plain ü 数 😀".utf8), [0x63, 0xe9, 0x2e], [0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80],
      [0xf0, 0x9f, 0x98, 0x41],
      // What stands for a byte in text may be in a name as well.
      Array("\u{10ffe9}x\u{10ff80}\u{10ff7f}".utf8), [0xf4, 0x8f, 0xbf, 0xe9], [0xc0, 0x80],
    ]
    for name in names {
      let text = FileName.text(name)
      #expect(
        text.withFileName { pointer in (0..<strlen(pointer)).map { UInt8(truncatingIfNeeded: pointer[$0]) } } == name)
      #expect(FileName.shown(text).unicodeScalars.allSatisfy { FileName.byte($0) == nil })
    }
    #expect(FileName.text(Array("ü".utf8)) == "ü" && FileName.shown(FileName.text([0x61, 0xe9])) == "a\u{fffd}")
    #expect(Set(names.map { FileName.text($0) }).count == names.count)
  }

  @Test(arguments: [
    ("a", "", "a"), ("/a", "/", "a"), ("b/a.png", "b/", "a.png"), ("../b//a", "../b//", "a"), ("b/", "b/", ""),
    ("", "", ""),
    // A slash with an accent is one character, and still parts names.
    ("b/\u{301}a", "b/", "\u{301}a"),
  ])
  func folderAndName(_ path: String, _ folder: String, _ name: String) {
    let parts = FileName.split(path)
    #expect(Array(parts.folder.utf8) == Array(folder.utf8) && Array(parts.name.utf8) == Array(name.utf8))
  }
}
