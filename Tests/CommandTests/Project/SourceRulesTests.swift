import Foundation
import Testing

/// What every Swift file of the project keeps to, beyond what `swift format` decides.
struct SourceRulesTests {
  static let tools = ["mnist-prepare", "nn-init", "nn-train", "nn-eval", "nn-predict"]

  @Test(arguments: ["Sources", "Tests"]) func linesHaveAtMost120Columns(folder: String) throws {
    for file in try SourceFile.all(below: folder) {
      // The tests' shell and Python scripts stand in string literals.
      for (index, line) in file.lines.enumerated() where folder == "Sources" || file.isCode(line: index) {
        #expect(line.count <= 120, "\(folder)/\(file.path):\(index + 1) has \(line.count) columns")
      }
    }
  }

  @Test(arguments: tools) func commandsAreThin(tool: String) throws {
    for file in try SourceFile.all(below: "Sources/" + tool) {
      #expect(file.lines.count <= 150, "\(tool)/\(file.path) has \(file.lines.count) lines")
    }
  }

  /// No program outside the package imports NNCore, so that its rooms are free to change.
  @Test func nothingInNNCoreIsPublic() throws {
    for file in try SourceFile.all(below: "Sources/NNCore") where file.code.contains(#/\bpublic\b/#) {
      Issue.record("\(file.path) declares something public")
    }
  }

  @Test(arguments: ["NNCore/Engine", "NNKernels", "NNKernelTypes"]) func functionsTakeAtMostSixParameters(
    folder: String
  ) throws {
    for file in try SourceFile.all(below: "Sources/" + folder) {
      for function in file.functions where function.parameters > 6 {
        Issue.record("\(folder)/\(file.path): \(function.name) has \(function.parameters) parameters")
      }
    }
  }

  /// A comment names the thing that it speaks of.
  @Test func commentsNameThings() throws {
    let pointing =
      #/\b(those (that|of|by|which)|what (is|are|was) not|likewise|the same (with|for)|as (it|they) (has|have))\b/#
    for file in try SourceFile.all(below: "Sources") {
      for (index, line) in file.lines.enumerated() {
        guard let comment = line.firstMatch(of: #/(^|\s)//.*/#)?.0, comment.lowercased().contains(pointing) else {
          continue
        }
        Issue.record("\(file.path):\(index + 1) points instead of naming: \(comment)")
      }
    }
  }
}
