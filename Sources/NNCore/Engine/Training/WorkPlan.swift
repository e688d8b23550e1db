/// How a training step's work is shared out among workers.
///
/// A result doesn't depend on who computes it, but the time does: weights that one core has changed reach another core
/// slowly. So each worker keeps to some panels of the first layer, which has nearly all weights, forward and in the
/// update. The panels are dealt to as many groups of workers as they suffice for, and the workers of a group share its
/// examples and its inputs. All workers read the lists of all, unless each worker makes lists of its own.
package struct WorkPlan: Sendable {
  package let workers: Int
  /// Groups of panels of the first layer.
  package let groups: Int
  /// Whether each worker lists all examples and inputs for itself. Where two workers have so few panels that they go
  /// through the lists once, listing twice takes less time than fetching half of the lists from a far core, and not
  /// much more than from a near core. With more panels, lists are fetched once and gone through several times.
  package let duplicatesLists: Bool
  /// For each worker, a run of the quads of the first layer's inputs: runs of nearly equal cost, or all quads where
  /// each worker makes lists of its own.
  package let quads: [Range<Int>]
  private let panels: Int

  /// The minimum number of panels a worker, so that decoding an entry of a list pays: as many panels as kernels go
  /// through at a time.
  private static let minimumPanels = 4

  /// - Parameters:
  ///   - panels: the number of panels of the first layer.
  ///   - quadUsage: for each quad of its inputs, the share of examples in which one of them is not zero.
  ///   - batch: examples an update.
  ///   - listsInputs: whether lists are made of the inputs.
  package init(panels: Int, quadUsage: [Double], batch: Int, workers: Int, listsInputs: Bool = true) {
    (self.workers, self.panels) = (workers, panels)
    groups = (1...workers).last { workers % $0 == 0 && panels % $0 == 0 && panels / $0 >= Self.minimumPanels } ?? 1
    // The examples that have the quad, and the optimiser's work on its rows, which takes the time of some 16 examples.
    let costs = quadUsage.map { Double(batch) * $0 + 16 }
    duplicatesLists = listsInputs && groups == 2 && workers == 2 && panels / groups == Self.minimumPanels
    quads = duplicatesLists ? Array(repeating: 0..<costs.count, count: workers) : Self.runs(costs, workers: workers)
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

  /// A worker's panels of the first layer.
  package func panels(of worker: Int) -> Range<Int> {
    let group = worker % groups
    return panels / groups * group..<panels / groups * (group + 1)
  }

  /// The workers whose shares a worker goes through, for its panels.
  package func shares(of worker: Int) -> Range<Int> {
    let first = duplicatesLists ? worker : worker / groups * groups
    return first..<first + (duplicatesLists ? 1 : groups)
  }

  /// A worker's run of the numbers below `count`, in whole steps.
  ///
  /// - Parameter team: the workers that share the numbers; nil for all workers.
  package func run(of worker: Int, in count: Int, step: Int, team: Range<Int>? = nil) -> Range<Int> {
    let (steps, team) = ((count + step - 1) / step, team ?? 0..<workers)
    let member = worker - team.lowerBound
    return min(steps * member / team.count * step, count)..<min(steps * (member + 1) / team.count * step, count)
  }

  /// The workers that work on a reduction half of a batch.
  package func team(ofHalf half: Int, of halves: Int) -> Range<Int> {
    let first = workers * half / halves
    return first..<max(workers * (half + 1) / halves, first + 1)
  }

  /// The reduction half that a worker works on, or works on first.
  package func half(of worker: Int, of halves: Int) -> Int {
    (0..<halves).last { team(ofHalf: $0, of: halves).contains(worker) } ?? 0
  }

  /// Splits things of known, positive costs into a run for each worker, of nearly equal sums.
  package func runs(costs: [Int]) -> [Range<Int>] {
    Self.runs(costs.map(Double.init), workers: workers)
  }
}
