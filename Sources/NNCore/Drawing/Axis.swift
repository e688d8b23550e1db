/// A scale along a side of a diagram: the range it shows and the values that are marked.
package struct Axis: Sendable {
  package let lower: Double
  package let upper: Double
  package let isLogarithmic: Bool
  package let ticks: [Double]

  /// From `lower` to `upper` with a tick at every so many.
  package init(_ lower: Double, _ upper: Double, step: Double) {
    (self.lower, self.upper, isLogarithmic) = (lower, upper, false)
    ticks = Self.multiples(of: step, from: lower, through: upper)
  }

  /// From 0, or else from the least of `values`, through the greatest.
  package init(through values: [Double], fromZero: Bool) {
    let (least, greatest) = (fromZero ? 0 : values.min() ?? 0, values.max() ?? 1)
    (lower, upper) = (least, greatest > least ? greatest : least + 1)
    isLogarithmic = false
    ticks = Self.multiples(of: Self.step(for: upper - lower), from: lower, through: upper)
  }

  /// Around the finite ones of `values`, out to round numbers.
  ///
  /// - Parameters:
  ///   - startsAtZero: whether 0 belongs to it.
  ///   - limit: what it doesn't go beyond.
  ///   - mayBeLogarithmic: whether powers of ten may be equally far apart, where that shows more: when the greatest
  ///     value is 20 times the least or more.
  package init(
    around values: [Double], startsAtZero: Bool = false, limit: Double? = nil, mayBeLogarithmic: Bool = false
  ) {
    let known = values.filter(\.isFinite)
    var (least, greatest) = (known.min() ?? 0, known.max() ?? 1)
    if mayBeLogarithmic, least > 0, greatest / least >= 20 {
      (lower, upper, ticks) = Self.decades(least, greatest)
      isLogarithmic = true
      return
    }
    if startsAtZero { (least, greatest) = (min(least, 0), max(greatest, 0)) }
    if greatest - least <= 1e-9 * max(abs(greatest), abs(least), 1e-300) {
      let margin = greatest == 0 ? 1 : abs(greatest) / 10
      (least, greatest) = (least - (startsAtZero && least == 0 ? 0 : margin), greatest + margin)
      if let limit { greatest = min(greatest, max(limit, least)) }
    }
    let step = Self.step(for: greatest - least)
    let top = (greatest / step - 1e-9).rounded(.up) * step
    (lower, upper) = ((least / step + 1e-9).rounded(.down) * step, limit.map { min(top, $0) } ?? top)
    isLogarithmic = false
    ticks = Self.multiples(of: step, from: lower, through: upper)
  }

  /// Where a value lies, 0 at `lower` and 1 at `upper`.
  package func share(_ value: Double) -> Double {
    isLogarithmic
      ? (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
      : (value - lower) / (upper - lower)
  }

  /// What stands at a tick.
  package func label(_ tick: Double) -> String {
    if isLogarithmic || ticks.count < 2 { return Self.short(tick) }
    let step = ticks[1] - ticks[0]
    // As many places as the step needs.
    func places(_ step: Double) -> Int { min(max(0, Int((-log10(step) - 1e-9).rounded(.up))), 9) }
    let greatest = max(abs(lower), abs(upper))
    if greatest < 1e6 || tick == 0 { return tick.fixed(places(step)) }
    let power = Int((log10(greatest) + 1e-9).rounded(.down))
    let unit = pow(10, Double(power))
    return (tick / unit).fixed(places(step / unit)) + "e\(power)"
  }

  /// A step of 1, 2 or 5 times a power of ten that divides `span` into four to eight.
  private static func step(for span: Double) -> Double {
    let rough = span / 5
    let power = pow(10, log10(rough).rounded(.down))
    return [1, 2, 5, 10].map { $0 * power }.min { abs(log(rough / $0)) < abs(log(rough / $1)) }!
  }

  private static func multiples(of step: Double, from lower: Double, through upper: Double) -> [Double] {
    let (first, last) = ((lower / step - 1e-6).rounded(.up), (upper / step + 1e-6).rounded(.down))
    return first <= last ? (Int(first)...Int(last)).map { Double($0) * step } : [lower]
  }

  /// Out to 1, 2 or 5 times a power of ten, ticks at the powers, and at 2 and 5 times them where those are few.
  private static func decades(_ least: Double, _ greatest: Double) -> (Double, Double, [Double]) {
    let powers = Int(log10(least).rounded(.down)) - 1...Int(log10(greatest).rounded(.up))
    let rounds = powers.flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
    let lower = rounds.last { $0 <= least * 1.000001 } ?? least
    let upper = rounds.first { $0 >= greatest * 0.999999 } ?? greatest
    let inside = rounds.filter { (lower * 0.999999...upper * 1.000001).contains($0) }
    let whole = powers.map { pow(10, Double($0)) }.filter { (lower * 0.999999...upper * 1.000001).contains($0) }
    let every = max(1, (whole.count + 6) / 7)
    return (
      lower, upper, inside.count <= 8 ? inside : whole.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    )
  }

  /// A number in few characters.
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
