import NNCore
import Testing

@Suite struct AxisTests {
  @Test func roundNumbersAround() {
    let axis = Axis(around: [0.074, 0.44, .nan, .infinity], startsAtZero: true)
    #expect(axis.lower == 0 && axis.upper == 0.5 && !axis.isLogarithmic)
    #expect(axis.ticks.map(axis.label) == ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5"])
    #expect(axis.share(0) == 0 && axis.share(0.5) == 1 && axis.share(0.25) == 0.5)
    let accuracy = Axis(around: [87.88, 97.88], limit: 100)
    #expect(accuracy.lower == 86 && accuracy.upper == 98 && accuracy.label(90) == "90")
    #expect(Axis(around: [99.1, 99.99], limit: 100).upper == 100)
  }

  @Test func stepsUpToTheLast() {
    let axis = Axis(through: [422, 3376], fromZero: true)
    #expect(axis.lower == 0 && axis.upper == 3376)
    #expect(axis.ticks.map(axis.label) == ["0", "500", "1000", "1500", "2000", "2500", "3000"])
    #expect(Axis(through: [0], fromZero: true).upper == 1)
    let far = Axis(through: [1e9, 1.001e9], fromZero: false)
    #expect(far.ticks.map(far.label) == ["1.0000e9", "1.0002e9", "1.0004e9", "1.0006e9", "1.0008e9", "1.0010e9"])
  }

  @Test func logarithms() {
    let axis = Axis(around: [0.006, 2.4], startsAtZero: true, mayBeLogarithmic: true)
    #expect(axis.isLogarithmic && axis.lower == 0.005 && axis.upper == 5)
    #expect(axis.share(0.005) == 0 && abs(axis.share(0.5) - 2.0 / 3) < 1e-12)
    #expect(Set(axis.ticks.map(axis.label)).count == axis.ticks.count)
    let wide = Axis(around: [1e-9, 1e9], mayBeLogarithmic: true)
    #expect(wide.ticks.count <= 8 && wide.label(1e-9) == "1e-9" && wide.label(1e9) == "1e9")
    #expect(!Axis(around: [0, 100], mayBeLogarithmic: true).isLogarithmic)
    #expect(!Axis(around: [0.1, 1], mayBeLogarithmic: true).isLogarithmic)
  }

  /// Whatever is to be shown, it lies on the axis, and the ticks are in order and tell different numbers.
  @Test func anyRange() {
    var random = RandomState(seed: 6)
    func number() -> Double { pow(10, random.uniform() * 12 - 6) }
    for round in 0..<2000 {
      let values = [number(), number()].map { round % 3 == 0 ? -$0 : $0 }
      for axis in [
        Axis(around: values), Axis(around: values, startsAtZero: true), Axis(around: values, mayBeLogarithmic: true),
        Axis(around: [values[0]]), Axis(around: [values[0], values[0]], startsAtZero: true),
      ] {
        #expect(axis.lower < axis.upper)
        #expect((-1e-6...1.000001).contains(axis.share(values[0])), "\(values)")
        #expect(axis.ticks == axis.ticks.sorted() && (1...13).contains(axis.ticks.count), "\(values): \(axis.ticks)")
        #expect(axis.ticks.allSatisfy { (-1e-6...1.000001).contains(axis.share($0)) }, "\(values): \(axis.ticks)")
        if values.allSatisfy({ abs($0) > 1e-3 }) {
          #expect(Set(axis.ticks.map(axis.label)).count == axis.ticks.count, "\(values): \(axis.ticks.map(axis.label))")
        }
      }
    }
  }

  @Test func nothingToShow() {
    for axis in [Axis(around: []), Axis(around: [.nan]), Axis(around: [0]), Axis(around: [100], limit: 100)] {
      #expect(axis.lower < axis.upper && axis.lower.isFinite && axis.upper.isFinite)
    }
  }
}
