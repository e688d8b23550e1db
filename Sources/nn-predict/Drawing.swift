/// Pictures drawn with characters.
enum Drawing {
  private static let shades = Array(" .:-=+*#%@")

  /// Grey pixels of 0…255, two rows of them a line, so that they keep their shape in a terminal's tall cells.
  static func text(_ pixels: [UInt8], columns: Int) -> String {
    let rows = pixels.count / columns
    return stride(from: 0, to: rows, by: 2).map { row in
      String(
        (0..<columns).map { column in
          let upper = Int(pixels[row * columns + column])
          let lower = row + 1 < rows ? Int(pixels[(row + 1) * columns + column]) : upper
          return shades[(upper + lower) * (shades.count - 1) / 510]
        })
    }.joined(separator: "\n")
  }
}
