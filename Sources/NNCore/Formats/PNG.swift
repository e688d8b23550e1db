import CPNG

/// Reads and writes PNG by libpng, with every colour type, depth and interlacing.
package enum PNG {
  private static let grey: UInt32 = 0

  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// Whether the bytes start as a PNG file does.
  package static func recognizes(_ bytes: Bytes) -> Bool {
    bytes.hasBytes(signature)
  }

  /// Decodes the picture to 8-bit sRGB with straight alpha.
  ///
  /// Samples are used as stored, regardless of chunks such as gAMA. 16-bit samples are rounded to 8 bits.
  ///
  /// - Parameter maxPixels: the maximum number of pixels, which is checked by the header before memory is allocated.
  /// - Throws: `FileError` of kind `badData` with libpng's message if the PNG is damaged.
  package static func decode(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int = PictureFile.maximumPixels
  ) throws -> Picture {
    let (width, height) = try size(bytes, file, maxPixels)
    var end = cpng_done
    let samples = try read(bytes, as: cpng_rgba, count: 4 * width * height, width, height, &end, file)
    return Picture(width: width, height: height, samples: samples)
  }

  /// The pixels of a picture that is grey and opaque, row by row; nil for any other picture.
  ///
  /// - Throws: as `decode`.
  static func decodeGrey(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int
  ) throws -> (width: Int, height: Int, pixels: [UInt8])? {
    let (width, height) = try size(bytes, file, maxPixels)
    var end = cpng_done
    let pixels = try read(bytes, as: cpng_grey, count: width * height, width, height, &end, file)
    return end == cpng_done ? (width, height, pixels) : nil
  }

  /// Width and height from the header; 0 if the header is damaged, for which libpng then has a message.
  ///
  /// - Throws: `FileError` of kind `badData` if it is not a PNG, or too large.
  private static func size(_ bytes: Bytes, _ file: InputFile, _ maxPixels: Int) throws -> (width: Int, height: Int) {
    guard bytes.count > 0 else { throw file.malformed("is empty, not a PNG or JPEG") }
    guard recognizes(bytes) else {
      throw explainNonPNG(bytes, file) ?? file.malformed("is not a PNG or JPEG: wrong signature", at: .byte(0))
    }
    guard let header = PNGChunk(in: bytes, at: signature.count), header.kind == PNGChunk.header,
      header.data.count == 13,
      header.isSound(in: bytes)
    else { return (0, 0) }
    let width = Int(bytes.big(header.data.lowerBound, as: UInt32.self))
    let height = Int(bytes.big(header.data.lowerBound + 4, as: UInt32.self))
    // Beyond 2³¹ − 1 libpng has a message of its own.
    guard width <= Int32.max, height <= Int32.max else { return (0, 0) }
    guard width * height <= maxPixels else {
      throw file.malformed(
        "is of \(width) x \(height) pixels, more than the \(maxPixels)", remedy: .allowMorePixels)
    }
    // Deflate expands at most 1032 times, which limits the memory that a small file can demand.
    let bits = Int(bytes[header.data.lowerBound + 8]) * (samplesOfKind[bytes[header.data.lowerBound + 9]] ?? 0)
    guard (width * bits + 7) / 8 * height <= 1032 * bytes.count else {
      throw file.malformed("damaged PNG: Not enough image data")
    }
    return (width, height)
  }

  /// Samples of a pixel by colour type: grey, RGB, palette index, grey with alpha, RGB with alpha.
  private static let samplesOfKind: [UInt8: Int] = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4]

  /// The error for a file that is a picture in another format, or a PNG with a damaged signature; nil for any other
  /// file.
  static func explainNonPNG(_ bytes: Bytes, _ file: InputFile) -> FileError? {
    if let other = OtherPictureFormat(bytes) {
      let command = other.command(for: file.isStandardInput ? nil : file.name)
      return file.malformed("is a \(other.name) inside, not a PNG or JPEG: convert it with '\(command)'")
    }
    // The signature contains CR and LF to detect this damage; the message is libpng's.
    if bytes.hasBytes(Array(signature[..<4])) {
      return file.malformed("damaged PNG: PNG file corrupted by ASCII conversion: wrong signature", at: .byte(4))
    }
    return nil
  }

  private static func read(
    _ bytes: Bytes, as form: cpng_form, count: Int, _ width: Int, _ height: Int, _ end: inout cpng_end,
    _ file: InputFile
  ) throws -> [UInt8] {
    try PictureFile.requireMemory(count, file)
    return try [UInt8](unsafeUninitializedCapacity: count) { samples, initialized in
      var failure = cpng_failure()
      end = bytes.withUnsafeBytes { memory in
        cpng_read(memory.baseAddress, memory.count, form, samples.baseAddress, UInt32(width), UInt32(height), &failure)
      }
      guard end != cpng_failed else { throw fault(failure.message, file) }
      initialized = end == cpng_done ? count : 0
    }
  }

  /// Encodes 8-bit grey pixels, row by row.
  ///
  /// - Precondition: `pixels` has `width` × `height` elements, both at least 1.
  package static func encode(grey pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    precondition(pixels.count == width * height && width > 0 && height > 0)
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), grey)
    // Deflate can't expand the rows by more than this, including the chunks around them.
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

  /// The string in a C array of characters.
  private static func text(_ message: some BitwiseCopyable) -> String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
