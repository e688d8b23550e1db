import CPNG

/// Reading and writing PNG by libpng, which takes every colour type, depth and interlacing.
package enum PNG {
  /// Pixels beyond which a picture is refused before memory is taken for it.
  package static let mostPixels = 100_000_000

  private static let grey: UInt32 = 0

  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// Whether the bytes start as a PNG file does.
  package static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes(signature)
  }

  /// The picture, in 8-bit sRGB with straight alpha.
  ///
  /// Samples are taken as they are coded, whatever chunks such as gAMA say of their meaning; of 16 bits the nearest of
  /// 8 are taken.
  ///
  /// - Parameter maxPixels: how many pixels it may have; what its header says is checked before memory is taken.
  /// - Throws: `FileError` of kind `badData` with libpng's reason if it isn't a sound PNG.
  package static func decode(_ bytes: Bytes, of file: InputFile, maxPixels: Int = mostPixels) throws -> Picture {
    let (width, height) = try size(bytes, file, maxPixels)
    var end = cpng_done
    let samples = try read(bytes, as: cpng_rgba, count: 4 * width * height, width, height, &end, file)
    return Picture(width: width, height: height, samples: samples)
  }

  /// The pixels of a picture that is grey and opaque throughout, row by row; nil for any other.
  ///
  /// - Throws: as `decode`.
  static func decodeGrey(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int = mostPixels
  ) throws -> (width: Int, height: Int, pixels: [UInt8])? {
    let (width, height) = try size(bytes, file, maxPixels)
    var end = cpng_done
    let pixels = try read(bytes, as: cpng_grey, count: width * height, width, height, &end, file)
    return end == cpng_done ? (width, height, pixels) : nil
  }

  /// Width and height as the header says them; 0 if it is damaged, which libpng then tells.
  ///
  /// - Throws: `FileError` of kind `badData` if it is no PNG, or too large.
  private static func size(_ bytes: Bytes, _ file: InputFile, _ maxPixels: Int) throws -> (width: Int, height: Int) {
    guard bytes.count > 0 else { throw file.malformed("is empty, not a PNG") }
    guard recognizes(bytes) else {
      throw explainNonPNG(bytes, file) ?? file.malformed("is not a PNG: wrong signature", at: .byte(0))
    }
    guard let header = PNGChunk(in: bytes, at: signature.count), header.kind == PNGChunk.header,
      header.data.count == 13,
      header.isSound(in: bytes)
    else { return (0, 0) }
    let width = Int(bytes.big(header.data.lowerBound, as: UInt32.self))
    let height = Int(bytes.big(header.data.lowerBound + 4, as: UInt32.self))
    // Beyond 2³¹ − 1 libpng has its own word.
    guard width <= Int32.max, height <= Int32.max else { return (0, 0) }
    guard width * height <= maxPixels else {
      throw file.malformed(
        "is of \(width) x \(height) pixels, more than the \(maxPixels)", remedy: .allowMorePixels)
    }
    // Deflate makes at most 1032 bytes of one, so that a small file can't have much memory taken for it.
    let bits = Int(bytes[header.data.lowerBound + 8]) * (samplesOfKind[bytes[header.data.lowerBound + 9]] ?? 0)
    guard (width * bits + 7) / 8 * height <= 1032 * bytes.count else {
      throw file.malformed("damaged PNG: Not enough image data")
    }
    return (width, height)
  }

  /// Samples of a pixel by its kind: grey, colours, place in a palette, and the first two with alpha.
  private static let samplesOfKind: [UInt8: Int] = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4]

  /// The error for a file that is a picture in another format, or a PNG with a damaged signature; nil for any other file.
  static func explainNonPNG(_ bytes: Bytes, _ file: InputFile) -> FileError? {
    if let other = OtherPictureFormat(bytes) {
      let command = other.command(for: file.isStandardInput ? nil : file.name)
      return file.malformed("is a \(other.name) inside, not a PNG: convert it with '\(command)'")
    }
    // The signature holds CR and LF to show this; the words are libpng's.
    if bytes.hasBytes(Array(signature[..<4])) {
      return file.malformed("damaged PNG: PNG file corrupted by ASCII conversion: wrong signature", at: .byte(4))
    }
    return nil
  }

  private static func read(
    _ bytes: Bytes, as form: cpng_form, count: Int, _ width: Int, _ height: Int, _ end: inout cpng_end,
    _ file: InputFile
  ) throws -> [UInt8] {
    // An array takes its memory without asking.
    guard let room = malloc(count) else { throw file.malformed("takes \(count) bytes of memory, which are not there") }
    free(room)
    return try [UInt8](unsafeUninitializedCapacity: count) { samples, initialized in
      var failure = cpng_failure()
      end = bytes.withUnsafeBytes { memory in
        cpng_read(memory.baseAddress, memory.count, form, samples.baseAddress, UInt32(width), UInt32(height), &failure)
      }
      guard end != cpng_failed else { throw fault(failure.message, file) }
      initialized = end == cpng_done ? count : 0
    }
  }

  /// A PNG file of 8-bit grey pixels, row by row.
  ///
  /// - Precondition: `pixels` are `width` × `height`, both at least 1.
  package static func encode(grey pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    precondition(pixels.count == width * height && width > 0 && height > 0)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), grey)
    // More than deflate can grow the rows by, with room for the chunks around them.
    var file = Array(repeating: UInt8(0), count: (width + 1) * height * 2 + 4096)
    var size = file.count
    let written = file.withUnsafeMutableBytes {
      png_image_write_to_memory(&image, $0.baseAddress, &size, 0, pixels, 0, nil)
    }
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
