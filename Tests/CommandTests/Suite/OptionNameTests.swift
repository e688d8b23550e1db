import Foundation
import Testing

/// Only the commands know their options: the core tells remedies as values.
@Suite struct OptionNameTests {
  @Test("No string of the core names an option") func coreNamesNoOption() throws {
    let core = Project.root + "/Sources/NNCore"
    let files = try #require(FileManager.default.enumerator(atPath: core)).compactMap { $0 as? String }
    let sources = files.filter { $0.hasSuffix(".swift") }
    try #require(sources.count > 50)
    let option = try Regex("\"[^\"]*--[a-z]")
    for file in sources {
      let text = try String(contentsOfFile: core + "/" + file, encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        #expect(line.firstMatch(of: option) == nil, "NNCore/\(file):\(index + 1)")
      }
    }
  }
}
