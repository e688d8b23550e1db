/// An axis of a diagram: its range, linear or logarithmic, and its ticks.
package struct Axis: Sendable {
  package let lower: Double
  package let upper: Double
  package let isLogarithmic: Bool
  package let ticks: [Double]

  /// A linear axis from `lower` to `upper` with a tick at each multiple of `step`.
  package init(_ lower: Double, _ upper: Double, step: Double) {
    (self.lower, self.upper, isLogarithmic) = (lower, upper, false)
    ticks = Self.multiples(of: step, from: lower, through: upper)
  }

  /// A linear axis from the minimum of `values`, or from 0, to their maximum.
  package init(through values: [Double], fromZero: Bool) {
    let (minimum, maximum) = (fromZero ? 0 : values.min() ?? 0, values.max() ?? 1)
    (lower, upper) = (minimum, maximum > minimum ? maximum : minimum + 1)
    isLogarithmic = false
    ticks = Self.multiples(of: Self.step(for: upper - lower), from: lower, through: upper)
  }

  /// An axis around the finite values of `values` whose ends are round numbers.
  ///
  /// - Parameters:
  ///   - startsAtZero: whether the axis includes 0.
  ///   - limit: the maximum upper end.
  ///   - mayBeLogarithmic: whether the axis becomes logarithmic if the maximum is at least 20 times the minimum.
  package init(
    around values: [Double], startsAtZero: Bool = false, limit: Double? = nil, mayBeLogarithmic: Bool = false
  ) {
    let known = values.filter(\.isFinite)
    var (minimum, maximum) = (known.min() ?? 0, known.max() ?? 1)
    if mayBeLogarithmic, minimum > 0, maximum / minimum >= 20 {
      (lower, upper, ticks) = Self.decades(minimum, maximum)
      isLogarithmic = true
      return
    }
    if startsAtZero { (minimum, maximum) = (min(minimum, 0), max(maximum, 0)) }
    if maximum - minimum <= 1e-9 * max(abs(maximum), abs(minimum), 1e-300) {
      let margin = maximum == 0 ? 1 : abs(maximum) / 10
      (minimum, maximum) = (minimum - (startsAtZero && minimum == 0 ? 0 : margin), maximum + margin)
      if let limit { maximum = min(maximum, max(limit, minimum)) }
    }
    let step = Self.step(for: maximum - minimum)
    let top = (maximum / step - 1e-9).rounded(.up) * step
    (lower, upper) = ((minimum / step + 1e-9).rounded(.down) * step, limit.map { min(top, $0) } ?? top)
    isLogarithmic = false
    ticks = Self.multiples(of: step, from: lower, through: upper)
  }

  /// The relative position of a value: 0 at `lower` and 1 at `upper`.
  package func share(_ value: Double) -> Double {
    isLogarithmic
      ? (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
      : (value - lower) / (upper - lower)
  }

  /// The text at a tick.
  package func label(_ tick: Double) -> String {
    if isLogarithmic || ticks.count < 2 { return Self.short(tick) }
    let step = ticks[1] - ticks[0]
    // The number of decimal places that the step needs.
    func places(_ step: Double) -> Int { min(max(0, Int((-log10(step) - 1e-9).rounded(.up))), 9) }
    let maximum = max(abs(lower), abs(upper))
    if maximum < 1e6 || tick == 0 { return tick.fixed(places(step)) }
    let power = Int((log10(maximum) + 1e-9).rounded(.down))
    let unit = pow(10, Double(power))
    return (tick / unit).fixed(places(step / unit)) + "e\(power)"
  }

  /// A step of 1, 2 or 5 times a power of ten that divides `span` into four to eight.
  private static func step(for span: Double) -> Double {
    let rough = span / 5
    let power = pow(10, log10(rough).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.min { abs(log(rough / $0)) < abs(log(rough / $1)) }!
  }

  /// The multiples of `step` from `lower` through `upper`; `lower` if there are none.
  private static func multiples(of step: Double, from lower: Double, through upper: Double) -> [Double] {
    let (first, last) = ((lower / step - 1e-6).rounded(.up), (upper / step + 1e-6).rounded(.down))
    return first <= last ? (Int(first)...Int(last)).map { Double($0) * step } : [lower]
  }

  /// The range and the ticks of a logarithmic axis. The ends are 1, 2 or 5 times a power of ten. The ticks are the
  /// powers of ten, and also 2 and 5 times them if that makes at most eight ticks.
  private static func decades(_ minimum: Double, _ maximum: Double) -> (Double, Double, [Double]) {
    let powers = Int(log10(minimum).rounded(.down)) - 1...Int(log10(maximum).rounded(.up))
    let rounds = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
    let lower = rounds.last { $0 <= minimum * 1.000001 } ?? minimum
    let upper = rounds.first { $0 >= maximum * 0.999999 } ?? maximum
    let inside = rounds.filter { (lower * 0.999999...upper * 1.000001).contains($0) }
    let whole = powers.map { pow(10, Double($0)) }.filter { (lower * 0.999999...upper * 1.000001).contains($0) }
    let every = max(1, (whole.count + 6) / 7)
    return (
      lower, upper, inside.count <= 8 ? inside : whole.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    )
  }

  /// Formats a number in few characters.
  private static func short(_ value: Double) -> String {
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e6 || size < 1e-4 {
      let power = Int((log10(size) + 1e-9).rounded(.down))
      let mantissa = value / pow(10, Double(power))
      let digits = mantissa.fixed(1)
      return (digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits) + "e\(power)"
    }
    let text = value.fixed(6)
    let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed()
    return size >= 1 && value == value.rounded() ? value.fixed(0) : String(trimmed)
  }
}
