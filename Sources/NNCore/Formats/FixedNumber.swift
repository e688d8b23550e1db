extension BinaryFloatingPoint {
  /// The number with `places` digits after the point, in any locale; in its shortest form if it is too large.
  package func fixed(_ places: Int) -> String {
    let factor = (0..<places).reduce(1.0) { product, _ in product * 10 }
    let scaled = (Double(self) * factor).rounded()
    guard scaled.magnitude < 1e15 else { return "\(self)" }
    let digits = String(Int64(scaled.magnitude))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    let sign = scaled < 0 ? "-" : ""
    return places == 0 ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}
