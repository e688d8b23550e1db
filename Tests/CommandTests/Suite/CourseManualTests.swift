import Foundation
import Testing

/// The page of the course, nn-tools-course(7): its steps run one after the other, and its figures are the course's.
@Suite struct CourseManualTests {
  private let page = ManualPage.course

  /// In a folder that holds what the page asks for, and nothing else. Built for debugging, the tools take a minute for
  /// the course's two thousand updates, so that three must do.
  @Test func stepsRunInTheirOrder() throws {
    let shell = try Shell()
    try shell.writeManualSamples()
    #expect(try shell.run("mkdir course && cp mnist.pkl.gz seven.png course").status == 0)
    #expect(page.commands.count >= 20)
    for step in page.commands {
      let script = step.script.replacing("--iterations 2000", with: "--iterations 3")
        .replacing("--epochs 20", with: "--epochs 1").replacing("--log-every 100", with: "--log-every 1")
      try shell.write(Array(script.utf8), to: "step.sh")
      let result = try shell.run("cd course && sh -eu ../step.sh")
      #expect(result.status == 0, "\(step.script)\(result.errors)")
      #expect(ManualPage.complaints(in: result.errors) == [], "\(step.script)")
      if step.script.contains("exit status") { #expect(result.output.hasSuffix("learning rate 1e20\nexit status 3\n")) }
    }
    let made = ["digits.png", "curve.svg", "report.html", "errors.png", "weights.png", "linear.png", "stages/seven"]
    for file in made { #expect(try shell.run("test -e course/\(file)").status == 0, "\(file)") }
  }

  @Test(.enabled(if: Shell.has("mandoc"))) func fitsATerminalOf80Columns() throws {
    let result = try Shell().run("mandoc -T utf8 -O width=80 '\(page.path)'")
    #expect(result.status == 0)
    // Bold and underlined characters come as two on top of each other.
    let lines = result.output.replacing(/.\u{8}/, with: "").split(separator: "\n")
    #expect(lines.count > 300)
    for line in lines { #expect(line.count <= 80, "\(line)") }
  }

  @Test func lossesAreTheCourses() throws {
    let printed = try #require(page.outputs.first { $0.hasPrefix("0 ") })
    let rows = printed.split(separator: "\n").map { $0.split(separator: " ") }
    #expect(rows.count == 7)
    for row in rows {
      let (iteration, loss) = (try #require(Int(row[0])), try #require(Double(row[1])))
      #expect(abs(CourseTests.losses[iteration / 100] - loss) <= 0.00005, "iteration \(iteration)")
    }
  }

  /// Without the real MNIST there is no run to compare with, but the course's first losses are on record.
  @Test func firstLossesAreOnRecord() throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: "\(Project.root)/Tests/Fixtures/course.json"))
    let expected = try JSONDecoder().decode(Record.self, from: file).mnist.model_losses
    let printed = try #require(page.outputs.first { $0.hasPrefix("step ") })
    let rows = printed.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
    #expect(rows.count == 3)
    for (row, loss) in zip(rows, expected) {
      #expect(isClose(try #require(Double(row[1])), loss, relative: 1e-12))
    }
  }

  @Test func functionsAreInTheFilesThatItNames() throws {
    let rows = page.tableRows(in: "FUNCTIONS")
    #expect(rows.count == 13)
    for row in rows {
      try #require(row.count == 3, "\(row)")
      let source = try String(contentsOfFile: "\(Project.root)/Sources/NNCore/Textbook/\(row[2])", encoding: .utf8)
      #expect(source.contains("package func \(row[1])("), "\(row)")
    }
  }

  private struct Record: Decodable {
    struct MNIST: Decodable { let model_losses: [Double] }
    let mnist: MNIST
  }
}
