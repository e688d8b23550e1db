import CPNG

extension PNG {
  private static let redGreenBlue: UInt32 = 2

  /// A PNG file of 8-bit sRGB pixels, each red, green and blue, row by row.
  ///
  /// - Precondition: `pixels` are 3 × `width` × `height`, both at least 1.
  package static func encode(rgb pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    precondition(pixels.count == 3 * width * height && width > 0 && height > 0)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), redGreenBlue)
    // More than deflate and the headers of chunks can grow the rows by.
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
