import ArgumentParser
import NNCommand
import NNCore

/// Options for showing the network's input.
struct SeeingOptions: ParsableArguments {
  @Flag(help: "Show below each line what the network saw, and a bar for each digit.")
  var show = false

  @Option(
    name: .customLong("graphics"),
    help: ArgumentHelp(
      "How --show draws: auto (as the terminal can), kitty, sixel, blocks or ascii (default: auto).", valueName: "name")
  )
  var graphicsChoice: GraphicsChoice?

  @Option(
    help: ArgumentHelp(
      "Write the stages of each picture on its way to the network into a new folder, as PNG.", valueName: "folder"),
    completion: .directory)
  var showStages: String?

  enum GraphicsChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, kitty, sixel, blocks, ascii
  }

  func validate() throws {
    guard graphicsChoice == nil || show else { throw ValidationError("--graphics goes with --show.") }
  }

  /// The chosen kind of graphics; nil to use the best that the terminal supports.
  var graphics: Terminal.Graphics? { (graphicsChoice?.rawValue).flatMap(Terminal.Graphics.init) }
}
