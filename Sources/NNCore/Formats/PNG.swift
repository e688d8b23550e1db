import CPNG

/// Reading and writing PNG by libpng, which takes every colour type, depth and interlacing.
public enum PNG {
  /// Pixels beyond which a picture is refused before memory is taken for it.
  public static let mostPixels = 100_000_000

  private static let grey: UInt32 = 0

  /// Whether the bytes start as a PNG file does.
  public static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  }

  /// The picture, in 8-bit sRGB with straight alpha.
  ///
  /// - Throws: `FileError` of kind `badData` with libpng's reason if it isn't a sound PNG.
  public static func decode(_ bytes: Bytes, of file: InputFile) throws -> Picture {
    guard bytes.count > 0 else { throw file.malformed("is empty, not a PNG") }
    guard recognizes(bytes) else {
      guard let other = OtherPictureFormat(bytes) else { throw file.malformed("is not a PNG: wrong signature", at: .byte(0)) }
      throw file.malformed("is a \(other.name) inside, not a PNG: convert it, e.g. '\(other.advice)'")
    }
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return try bytes.withUnsafeBytes { memory in
      guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else {
        throw fault(image.message, file)
      }
      let (width, height) = (Int(image.width), Int(image.height))
      guard width * height <= mostPixels else {
        throw file.malformed("is of \(width) x \(height) pixels, more than the \(mostPixels) that are taken")
      }
      var samples = Array(repeating: UInt8(0), count: 4 * width * height)
      var failure = cpng_failure()
      let read = cpng_read_rgba(memory.baseAddress, memory.count, &samples, image.width, image.height, &failure)
      guard read != 0 else { throw fault(failure.message, file) }
      return Picture(width: width, height: height, samples: samples)
    }
  }

  /// A PNG file of 8-bit grey pixels, row by row.
  ///
  /// - Precondition: `pixels` are `width` × `height`, both at least 1.
  public static func encode(grey pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    precondition(pixels.count == width * height && width > 0 && height > 0)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), grey)
    // More than deflate can grow the rows by, with room for the chunks around them.
    var file = Array(repeating: UInt8(0), count: (width + 1) * height * 2 + 4096)
    var size = file.count
    let written = file.withUnsafeMutableBytes { png_image_write_to_memory(&image, $0.baseAddress, &size, 0, pixels, 0, nil) }
    precondition(written != 0, "libpng: \(text(image.message))")
    return Array(file[..<size])
  }

  private static func fault(_ message: some BitwiseCopyable, _ file: InputFile) -> FileError {
    file.malformed("damaged PNG: \(text(message))")
  }

  /// The text in an array of C characters.
  private static func text(_ message: some BitwiseCopyable) -> String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// Pictures of other formats, which people often name `.png`.
private struct OtherPictureFormat {
  let name: String
  let advice: String

  init?(_ bytes: Bytes) {
    func starts(_ text: String, at offset: Int = 0) -> Bool { bytes.hasBytes(Array(text.utf8), at: offset) }

    if bytes.hasBytes([0xff, 0xd8, 0xff]) {
      (name, advice) = ("JPEG", "convert in.jpg out.png")
    } else if starts("GIF8") {
      (name, advice) = ("GIF", "convert in.gif out.png")
    } else if starts("BM") {
      (name, advice) = ("BMP", "convert in.bmp out.png")
    } else if starts("RIFF"), starts("WEBP", at: 8) {
      (name, advice) = ("WebP", "dwebp in.webp -o out.png")
    } else if starts("ftyphei", at: 4) || starts("ftypmif", at: 4) {
      (name, advice) = ("HEIC", "heif-convert in.heic out.png")
    } else if starts("II*\0") || starts("MM\0*") {
      (name, advice) = ("TIFF", "convert in.tiff out.png")
    } else if starts("%PDF") {
      (name, advice) = ("PDF", "pdftoppm -png in.pdf out")
    } else if starts("<svg") || starts("<?xml") {
      (name, advice) = ("SVG", "rsvg-convert in.svg -o out.png")
    } else {
      return nil
    }
  }
}
