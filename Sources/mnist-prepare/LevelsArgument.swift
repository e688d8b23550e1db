import ArgumentParser
import NNCore

/// How numbers become pixels: from a range such as -1:1, or not at all.
struct LevelsArgument: ExpressibleByArgument {
  let levels: DataReader.Options.Levels

  init?(argument: String) {
    guard argument != "none" else {
      levels = .kept
      return
    }
    guard let range = PixelRange(argument) else { return nil }
    levels = .range(range)
  }
}
