import NNKernels

/// How a training step's work is shared out among workers.
///
/// Who computes a number makes no difference to it, but all to how fast it is there: weights that one core has changed
/// reach another slowly. So of the first layer, which has nearly all weights, each worker keeps to some panels, forward and
/// in the update; the panels are dealt to as many groups of workers as they suffice for, and the workers of a group share
/// its examples, and its inputs. Lists of examples and inputs are for all to read, unless each worker has its own.
package struct WorkPlan: Sendable {
  package let workers: Int
  /// Groups of panels of the first layer.
  package let groups: Int
  /// Whether each worker lists all examples and inputs for itself. Where two workers have so few panels of their own that they
  /// go through the lists once, to list twice takes less time than half of the lists take from the other's core, if that is
  /// far; and not much more if it is near. With more panels, lists come from afar once and are gone through several times.
  package let listsAlone: Bool
  /// By worker, a run of quads of the first layer's inputs; of nearly equal cost, or all of them where it lists
  /// alone.
  package let quads: [Range<Int>]
  private let panels: Int

  /// Panels that a worker should have at the least, so that a list's entry is worth being taken apart for them: as many as
  /// kernels go through at a time.
  private static let fewestPanels = 4

  /// - Parameters:
  ///   - panels: of the first layer.
  ///   - quadUsage: for each quad of its inputs, the share of examples in which one of them is not zero.
  ///   - batch: examples an update.
  ///   - isSparse: whether the inputs are listed.
  package init(panels: Int, quadUsage: [Double], batch: Int, workers: Int, isSparse: Bool = true) {
    (self.workers, self.panels) = (workers, panels)
    groups = (1...workers).last { workers % $0 == 0 && panels % $0 == 0 && panels / $0 >= Self.fewestPanels } ?? 1
    // Examples that are gone through, and the optimiser's work on the rows, which is that of some examples.
    let costs = quadUsage.map { Double(batch) * $0 + 16 }
    listsAlone = isSparse && groups == 2 && workers == 2 && panels / groups == Self.fewestPanels
    quads = listsAlone ? Array(repeating: 0..<costs.count, count: workers) : Self.runs(costs, workers: workers)
  }

  /// Splits costs, one after the other, into runs of nearly equal sums.
  private static func runs(_ costs: [Double], workers: Int) -> [Range<Int>] {
    let total = costs.reduce(0, +)
    var ends = Array(repeating: 0, count: workers)
    var done = 0.0
    for (index, cost) in costs.enumerated() {
      ends[min(workers - 1, Int((done + cost / 2) / total * Double(workers)))] = index + 1
      done += cost
    }
    var start = 0
    return ends.map { end in
      defer { start = max(start, end) }
      return start..<max(start, end)
    }
  }

  /// The panels of the first layer that are a worker's.
  package func panels(of worker: Int) -> Range<Int> {
    let group = worker % groups
    return panels / groups * group..<panels / groups * (group + 1)
  }

  /// The workers whose shares a worker goes through, for its panels.
  package func shares(of worker: Int) -> Range<Int> {
    let first = listsAlone ? worker : worker / groups * groups
    return first..<first + (listsAlone ? 1 : groups)
  }

  /// A worker's run of the numbers below `count`, in whole steps.
  ///
  /// - Parameter crew: the workers that share them, all if it is nil.
  package func run(of worker: Int, in count: Int, step: Int, crew: Range<Int>? = nil) -> Range<Int> {
    let (steps, crew) = ((count + step - 1) / step, crew ?? 0..<workers)
    let member = worker - crew.lowerBound
    return min(steps * member / crew.count * step, count)..<min(steps * (member + 1) / crew.count * step, count)
  }

  /// The workers that see to one of a batch's halves.
  package func crew(ofHalf half: Int, of halves: Int) -> Range<Int> {
    let first = workers * half / halves
    return first..<max(workers * (half + 1) / halves, first + 1)
  }

  /// The half that a worker sees to, or to which it sees first.
  package func half(of worker: Int, of halves: Int) -> Int {
    (0..<halves).last { crew(ofHalf: $0, of: halves).contains(worker) } ?? 0
  }

  /// The workers' runs of things of known, positive costs, of nearly equal sums.
  package func runs(costs: [Int]) -> [Range<Int>] {
    Self.runs(costs.map(Double.init), workers: workers)
  }
}
