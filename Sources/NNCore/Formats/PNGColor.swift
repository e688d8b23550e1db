import CPNG

extension PNG {
  private static let redGreenBlue: UInt32 = 2

  /// Encodes 8-bit sRGB pixels, each of red, green and blue, row by row.
  ///
  /// - Precondition: `pixels` has 3 × `width` × `height` elements, both at least 1.
  package static func encode(rgb pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    precondition(pixels.count == 3 * width * height && width > 0 && height > 0)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), redGreenBlue)
    // Deflate and the chunk headers can't expand the rows by more than this.
    let raw = (3 * width + 1) * height
    var file = Array(repeating: UInt8(0), count: raw + raw / 50 + 4096)
    var size = file.count
    let written = file.withUnsafeMutableBytes {
      png_image_write_to_memory(&image, $0.baseAddress, &size, 0, pixels, 0, nil)
    }
    precondition(written != 0, "libpng can't write \(width) x \(height) pixels")
    return Array(file[..<size])
  }
}
