import NNCore

/// Tells on standard error how work goes: a bar that redraws itself on a terminal, else lines.
package final class Progress {
  private let isQuiet: Bool
  private let isTerminal = StandardError.isTerminal
  private let start = ContinuousClock.now
  private var drawn = ContinuousClock.now
  /// Since when what the bar tells of has been going on, and how much of it was done last.
  private var stage = (start: ContinuousClock.now, done: 0)
  private var hasBar = false

  package init(quiet: Bool) {
    isQuiet = quiet
  }

  /// Seconds since the start.
  package var seconds: Double { Self.seconds(since: start) }

  private static func seconds(since start: ContinuousClock.Instant) -> Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  /// A line that stays.
  package func line(_ text: String) {
    guard !isQuiet else { return }
    clear()
    StandardError.write(text + "\n")
  }

  /// Draws how much is done, some times a second, on a terminal only. Less done than before is something else begun.
  ///
  /// - Parameter note: what stands after it, made only when it is drawn.
  package func bar(_ done: Int, of total: Int, note: @autoclosure () -> String = "") {
    if done < stage.done { stage.start = .now }
    stage.done = done
    guard isDrawn, ContinuousClock.now - drawn > .milliseconds(100) else { return }
    drawn = .now
    let note = note()
    let width = note.isEmpty ? 40 : 20
    let filled = done * width / max(total, 1)
    let rest = Self.seconds(since: stage.start) / Double(max(done, 1)) * Double(total - done)
    let blocks = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let text =
      "[\(blocks)] \(done * 100 / max(total, 1)) %, \(rest.fixed(0)) s left" + (note.isEmpty ? "" : "  " + note)
    // A line that wraps can't be drawn over.
    StandardError.write("\r\(text.prefix(StandardError.columns - 1))\u{1b}[K")
    hasBar = true
  }

  /// Whether there is a bar at all.
  package var isDrawn: Bool { !isQuiet && isTerminal }

  /// Takes the bar away.
  package func clear() {
    guard hasBar else { return }
    StandardError.write("\r\u{1b}[K")
    hasBar = false
  }
}
