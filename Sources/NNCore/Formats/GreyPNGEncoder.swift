/// Encodes grey pictures of one size as PNG files, with a faster encoder for small pictures.
package struct GreyPNGEncoder {
  private let width: Int
  private let height: Int
  private let small: PNGEncoder?

  package init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    small = width * height <= PNGEncoder.maximumPixels ? PNGEncoder(width: width, height: height) : nil
  }

  /// - Precondition: `pixels` holds one picture, row by row.
  package func encode(_ pixels: Bytes) -> [UInt8] {
    small?.encode(pixels) ?? PNG.encode(grey: [UInt8](pixels), width: width, height: height)
  }
}
