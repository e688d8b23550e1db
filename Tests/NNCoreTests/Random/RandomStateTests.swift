import NNCore
import Testing

/// `RandomState` against NumPy's, see make-random.py.
@Suite struct RandomStateTests {
  @Test(arguments: [0, 1, 2, 42, 4_294_967_295] as [UInt32])
  func drawsWhatNumPyDraws(seed: UInt32) throws {
    let figures = try Fixtures.figures("random")
    let wanted = try #require(figures["streams"].items.first { $0["seed"].int == Int(seed) })
    var random = RandomState(seed: seed)

    #expect(random.rand(5) == wanted["rand"].doubles)
    expectNormal(random.randn(7), wanted["randn"].doubles)
    // The eighth deviate waits while uniform numbers are drawn.
    #expect(random.rand(2) == wanted["rand_between"].doubles)
    expectNormal(random.randn(4), wanted["randn_rest"].doubles)

    var letters = Array("abcdefghijklm")
    random.shuffle(&letters)
    #expect(String(letters) == wanted["shuffled"].string)
    #expect(random.permutation(30) == wanted["permutation"].ints)
    for (bound, drawn) in zip(figures["bounds"].ints, wanted["integers"].items) {
      #expect(drawn.ints.map { _ in Int(random.integer(through: UInt32(bound))) } == drawn.ints, "through \(bound)")
    }
    #expect(random.rand(1000).last == wanted["rand_1000_later"].double)
  }

  private func expectNormal(_ got: [Double], _ wanted: [Double]) {
    #expect(got.count == wanted.count)
    for (value, goal) in zip(got, wanted) { #expect(abs(value - goal) <= 1e-15 * abs(goal)) }
  }

  @Test func shortOrdersDrawNothing() {
    var (random, untouched) = (RandomState(seed: 5), RandomState(seed: 5))
    var one = ["a"]
    random.shuffle(&one)
    #expect(random.permutation(0) == [] && random.permutation(1) == [0])
    #expect(random.uniform() == untouched.uniform())
  }
}
