import NNCommand
import NNCore

/// The training curve as a picture, drawn anew as training goes.
final class PlotFile {
  enum Format: String {
    case png, svg

    /// That of the ending of a file's name; nil for any other.
    init?(_ path: String) {
      guard let dot = path.lastIndex(of: ".") else { return nil }
      self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
  }

  private let path: String
  private let format: Format
  private var lines: [TrainingLog.Line] = []
  private var drawn = ContinuousClock.now

  /// Between drawings, to lose little time.
  private static let interval = Duration.seconds(5)

  /// Makes sure that it can be written.
  ///
  /// - Throws: `FileError` of kind `cannotCreate`.
  init(_ path: String) throws {
    guard let format = Format(path) else { throw Failure.usage("'\(path)' doesn't end in .png or .svg") }
    (self.path, self.format) = (path, format)
    _ = try Output(path)
  }

  /// Adds a point, and draws if it was some seconds ago that it was drawn.
  func add(_ line: TrainingLog.Line) throws {
    lines.append(line)
    if ContinuousClock.now - drawn > Self.interval { try draw() }
  }

  func draw() throws {
    let figure = TrainingCurve.figure(lines)
    let content =
      switch format {
      case .png: Canvas(figure).png
      case .svg: Bytes(Array(SVG.file(figure).utf8))
      }
    try Output(path).commit(content)
    drawn = .now
  }
}
