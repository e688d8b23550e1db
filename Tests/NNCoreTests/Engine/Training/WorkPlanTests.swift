import NNCore
import Testing

@Suite struct WorkPlanTests {
  static let cases = [1, 2, 3, 4, 6, 8].flatMap { workers in [1, 3, 8, 16, 32].map { (workers, $0) } }

  /// Each panel of each quad of inputs and of each example is one worker's.
  @Test(arguments: cases)
  func allIsSharedOutOnce(workers: Int, panels: Int) {
    for inputs in [1, 5, 392] {
      for listsInputs in [false, true] {
        let plan = WorkPlan(
          panels: panels, quadUsage: (0..<inputs).map { Double($0 % 7) / 7 }, batch: 128, workers: workers,
          listsInputs: listsInputs)
        var done = Array(repeating: 0, count: panels * inputs)
        for worker in 0..<workers {
          #expect(worker < plan.shares(of: worker).upperBound)
          for share in plan.shares(of: worker) {
            for quad in plan.quads[share] {
              for panel in plan.panels(of: worker) { done[panel * inputs + quad] += 1 }
            }
          }
        }
        #expect(done.allSatisfy { $0 == 1 })
      }
    }
    for (count, step) in [(0, 2), (1, 2), (13, 2), (128, 6), (45, 6)] {
      let plan = WorkPlan(panels: panels, quadUsage: [1], batch: 1, workers: workers)
      let runs = (0..<workers).map { plan.run(of: $0, in: count, step: step) }
      #expect(runs.flatMap { Array($0) } == Array(0..<count))
      #expect(runs.allSatisfy { $0.lowerBound % step == 0 || $0.isEmpty })
    }
  }

  /// Each half has workers of its own if there are two; what a half's workers share is each shared out once.
  @Test(arguments: [1, 2, 3, 4, 8])
  func halvesAreSharedOut(workers: Int) {
    let plan = WorkPlan(panels: 3, quadUsage: [1], batch: 1, workers: workers)
    let teams = (0..<2).map { plan.team(ofHalf: $0, of: 2) }
    #expect(plan.team(ofHalf: 0, of: 1) == 0..<workers)
    if workers > 1 { #expect(Array(teams[0]) + Array(teams[1]) == Array(0..<workers)) }
    for team in teams {
      #expect(team.flatMap { Array(plan.run(of: $0, in: 45, step: 6, team: team)) } == Array(0..<45))
    }
    for worker in 0..<workers { #expect(teams[plan.half(of: worker, of: 2)].contains(worker)) }
  }

  /// Panels are dealt out only where all get the same, and enough of them.
  @Test func groupsOfPanels() {
    func groups(_ panels: Int, _ workers: Int) -> Int {
      WorkPlan(panels: panels, quadUsage: [1], batch: 1, workers: workers).groups
    }
    #expect(groups(8, 1) == 1 && groups(8, 2) == 2 && groups(8, 8) == 2 && groups(8, 3) == 1)
    #expect(WorkPlan(panels: 8, quadUsage: [1], batch: 1, workers: 2).duplicatesLists)
    #expect(!WorkPlan(panels: 16, quadUsage: [1], batch: 1, workers: 2).duplicatesLists)
    #expect(!WorkPlan(panels: 16, quadUsage: [1], batch: 1, workers: 4).duplicatesLists)
    #expect(groups(3, 2) == 1 && groups(7, 2) == 1 && groups(16, 4) == 4 && groups(32, 16) == 8)
  }

  /// Half of the use, not half of the quads.
  @Test func quadsAreSharedOutByTheirUse() {
    let plan = WorkPlan(
      panels: 3, quadUsage: Array(repeating: 0.01, count: 300) + Array(repeating: 1, count: 100), batch: 10_000,
      workers: 2)
    #expect(abs(plan.quads[0].count - 348) <= 2)
  }

  /// What takes longer counts for more, and all is someone's.
  @Test(arguments: [1, 2, 3, 8])
  func runsOfNearlyEqualCost(workers: Int) {
    let plan = WorkPlan(panels: 3, quadUsage: [1], batch: 1, workers: workers)
    for costs in [[], [7], [1, 1000, 1], Array(1...500)] {
      let runs = plan.runs(costs: costs)
      #expect(runs.count == workers && runs.flatMap { Array($0) } == Array(costs.indices))
      let sums = runs.map { costs[$0].reduce(0, +) }
      if costs.count == 500 { #expect(sums.max()! - sums.min()! <= 2 * 500) }
    }
  }
}
