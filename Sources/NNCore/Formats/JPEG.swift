/// Reads JPEG files (ITU T.81), baseline and progressive, by libjpeg-turbo.
package enum JPEG {
  /// The marker of the start, and the first byte of the next marker.
  static let signature: [UInt8] = [0xff, 0xd8, 0xff]

  /// The markers that files begin with after that of the start: tables, frames, application segments and comments.
  static let firstMarkers = Set<UInt8>([0xc0, 0xc1, 0xc2, 0xc4, 0xdb, 0xdd, 0xfe] + Array(0xe0...0xef))

  /// How far from black a black ground may be. A tenth of MNIST's digits exceeds half of it where they are stored with
  /// quality 75, and next to none exceeds it with 50.
  static let noise: UInt8 = 64

  /// Whether the library that decodes them is installed.
  package static var isReadable: Bool { TurboJPEG.installed != nil }

  /// Whether the bytes start as a JPEG file does.
  package static func recognizes(_ bytes: Bytes) -> Bool { bytes.hasBytes(signature) }

  /// Decodes the picture to 8-bit sRGB, turned upright as its EXIF data say.
  ///
  /// Samples are used as stored, regardless of colour profiles. CMYK becomes RGB without a profile.
  ///
  /// - Parameter maxPixels: the maximum number of pixels, which is checked by the header before memory is allocated.
  /// - Throws: `FileError` of kind `badData` with the library's message if the JPEG is damaged or ends early;
  ///   `unavailable` if the library is not installed.
  package static func decode(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int = PictureFile.maximumPixels
  ) throws -> Picture {
    let (library, header) = try open(bytes, file, maxPixels)
    var samples: [UInt8]
    switch header.colors {
    case .rgb, .ycbcr, .grey: samples = try read(bytes, library, header, as: .rgba, file)
    case .cmyk, .ycck:
      samples = try read(bytes, library, header, as: .cmyk, file)
      convertToRGB(&samples, isInverted: JPEGSegments(bytes).hasAdobeMarker)
    }
    let turned = EXIF.orientation(of: bytes).turned(samples, width: header.width, height: header.height)
    return Picture(width: turned.width, height: turned.height, samples: turned.samples, noise: noise)
  }

  /// The pixels of a picture that is stored in grey, row by row; nil for any other picture.
  ///
  /// - Throws: as `decode`.
  static func decodeGrey(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int
  ) throws -> (width: Int, height: Int, pixels: [UInt8])? {
    let (library, header) = try open(bytes, file, maxPixels)
    guard header.colors == .grey else { return nil }
    let pixels = try read(bytes, library, header, as: .grey, file)
    let turned = EXIF.orientation(of: bytes).turned(pixels, width: header.width, height: header.height)
    return (turned.width, turned.height, turned.samples)
  }

  private static func open(
    _ bytes: Bytes, _ file: InputFile, _ maxPixels: Int
  ) throws -> (TurboJPEG, TurboJPEG.Header) {
    guard let library = TurboJPEG.installed else {
      throw FileError(
        .unavailable, file: file.name,
        "is a JPEG, which takes libjpeg-turbo to read: install it by 'apt install libturbojpeg0' (Debian), "
          + "'apt install libturbojpeg' (Ubuntu) or 'brew install jpeg-turbo' (macOS)")
    }
    let header = try naming(file) { () throws(TurboJPEG.Fault) in try library.header(of: bytes) }
    let (width, height) = (header.width, header.height)
    guard width * height <= maxPixels else {
      throw file.malformed("is of \(width) x \(height) pixels, more than the \(maxPixels)", remedy: .allowMorePixels)
    }
    // A block of 8 × 8 pixels takes a bit at least, which limits the memory that a small file can demand.
    guard width * height <= 1032 * bytes.count else {
      throw file.malformed("damaged JPEG: not enough data for \(width) x \(height) pixels")
    }
    return (library, header)
  }

  private static func read(
    _ bytes: Bytes, _ library: TurboJPEG, _ header: TurboJPEG.Header, as form: TurboJPEG.Form, _ file: InputFile
  ) throws -> [UInt8] {
    try PictureFile.requireMemory(header.width * header.height * form.width, file)
    return try naming(file) { () throws(TurboJPEG.Fault) in try library.samples(of: bytes, header, as: form) }
  }

  private static func naming<Result>(
    _ file: InputFile, _ body: () throws(TurboJPEG.Fault) -> Result
  ) throws -> Result {
    do { return try body() } catch { throw file.malformed("damaged JPEG: \(error.description)") }
  }

  /// Replaces cyan, magenta, yellow and black by red, green, blue and an alpha of 255.
  ///
  /// - Parameter isInverted: whether 255 is no ink, as Adobe's programs store it.
  private static func convertToRGB(_ samples: inout [UInt8], isInverted: Bool) {
    let flip: UInt8 = isInverted ? 0 : 255
    for start in stride(from: 0, to: samples.count, by: 4) {
      let light = Int(samples[start + 3] ^ flip)
      for place in start..<start + 3 { samples[place] = UInt8((Int(samples[place] ^ flip) * light + 127) / 255) }
      samples[start + 3] = 255
    }
  }
}
