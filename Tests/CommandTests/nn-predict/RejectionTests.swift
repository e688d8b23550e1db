import Foundation
import Testing

/// Pictures that nn-predict gives no digit.
struct RejectionTests {
  private let shell: Shell
  private static let command = "nn-predict --model model.safetensors"

  init() throws {
    shell = try Shell()
    try shell.makeModelAndPictures()
    try shell.makeBlank("blank.png")
  }

  @Test(arguments: [0, 100, 255])
  func blank(_ grey: UInt8) throws {
    try shell.makeBlank("blank.png", grey: grey)
    let result = try shell.run("\(Self.command) pictures/00.png blank.png pictures/01.png")
    #expect(result.status == 0 && result.errors == "")
    let rows = table(result.output)
    #expect(rows.map(\.count) == [3, 4, 3])
    #expect(Array(rows[1].prefix(3)) == ["blank.png", "-", "0"] && rows[1][3].contains("no digit found"))
    #expect(
      try table(shell.output(of: "\(Self.command) --top 3 blank.png"))[0].prefix(7) == [
        "blank.png", "-", "0", "-", "0", "-", "0",
      ])
    // Taken as it is, it is a picture like any other.
    #expect(try table(shell.output(of: "\(Self.command) --raw blank.png"))[0].count == 3)
  }

  @Test func jsonOfABlank() throws {
    let object = try object(of: "\(Self.command) --json --top 2 blank.png")
    #expect(object["digit"] is NSNull && object["probability"] as? Double == 0)
    #expect(
      (object["reason"] as? String)?.contains("no digit found") == true && (object["top"] as? [Any])?.isEmpty == true)
  }

  private func object(of command: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(shell.output(of: command).utf8)) as? [String: Any])
  }

  @Test func tooUnsure() throws {
    for input in ["--raw pictures", "--data twelve.safetensors"] {
      let plain = table(try shell.output(of: "\(Self.command) \(input) --top 2"))
      let probabilities = plain.compactMap { Double($0[2]) }.sorted()
      // Between the lesser half and the greater one; and exactly at one of them, which is enough.
      for bound in [(probabilities[5] + probabilities[6]) / 2, probabilities[6]] {
        let rows = table(try shell.output(of: "\(Self.command) \(input) --top 2 --min-probability \(bound)"))
        #expect(rows.count { $0[1] == "-" } == 6)
        for (row, all) in zip(rows, plain) {
          if Double(all[2])! >= bound {
            #expect(row == all)
          } else {
            #expect(row == [all[0], "-"] + all[2...] + ["unsure, perhaps \(all[1])"])
          }
        }
      }
    }
    let plain = try object(of: "\(Self.command) --json --top 2 pictures/00.png")
    let unsure = try object(of: "\(Self.command) --json --top 2 pictures/00.png --min-probability 1")
    #expect(unsure["digit"] is NSNull && unsure["probability"] as? Double == plain["probability"] as? Double)
    #expect(unsure["reason"] as? String == "unsure, perhaps \(plain["digit"]!)")
    #expect(NSArray(array: unsure["top"] as! [Any]) == NSArray(array: plain["top"] as! [Any]))
  }

  @Test func strict() throws {
    for (options, status) in [
      ("pictures", 0), ("pictures blank.png", 65), ("--data twelve.safetensors", 0),
      ("--data twelve.safetensors --min-probability 1", 65), ("pictures --min-probability 1", 65),
    ] {
      let plain = try shell.run("\(Self.command) \(options)")
      let strict = try shell.run("\(Self.command) \(options) --strict")
      #expect(plain.status == 0 && strict.status == status && strict.errors == "")
      #expect(strict.output == plain.output)
    }
    // What is answered is written all the same.
    #expect(try shell.run("\(Self.command) blank.png --strict -o answers").status == 65)
    #expect(String(decoding: try shell.read("answers"), as: UTF8.self).hasPrefix("blank.png\t-\t0\t"))
  }
}
