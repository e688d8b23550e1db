/// How much ink a picture has, white being ink, and where the middle of the ink is.
func ink(of pixels: [UInt8], width: Int) -> (sum: Double, x: Double, y: Double) {
  let sum = pixels.reduce(0.0) { $0 + Double($1) }
  let x = pixels.enumerated().reduce(0.0) { $0 + Double($1.offset % width) * Double($1.element) }
  let y = pixels.enumerated().reduce(0.0) { $0 + Double($1.offset / width) * Double($1.element) }
  return (sum, x / sum, y / sum)
}
