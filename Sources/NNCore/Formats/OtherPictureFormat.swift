/// Picture formats other than PNG and JPEG, which people often name `.png` all the same.
struct OtherPictureFormat {
  let name: String
  private let ending: String
  private let converter: Converter

  /// The program that converts the format to PNG.
  private enum Converter {
    case imageMagick, dwebp, heif, djxl, pdftoppm, rsvg, base64
  }

  /// Detects the format from the first bytes; nil for PNG, JPEG and unknown formats.
  init?(_ bytes: Bytes) {
    func starts(_ text: String, at offset: Int = 0) -> Bool { bytes.hasBytes(Array(text.utf8), at: offset) }

    if starts("GIF8") {
      (name, ending, converter) = ("GIF", "gif", .imageMagick)
    } else if starts("BM") {
      (name, ending, converter) = ("BMP", "bmp", .imageMagick)
    } else if starts("RIFF"), starts("WEBP", at: 8) {
      (name, ending, converter) = ("WebP", "webp", .dwebp)
    } else if starts("ftypavi", at: 4) {
      (name, ending, converter) = ("AVIF", "avif", .heif)
    } else if starts("ftyp", at: 4), ["hei", "hev", "mif", "msf"].contains(where: { starts($0, at: 8) }) {
      (name, ending, converter) = ("HEIC", "heic", .heif)
    } else if starts("II*\0") || starts("MM\0*") {
      (name, ending, converter) = ("TIFF", "tiff", .imageMagick)
    } else if starts("%PDF") {
      (name, ending, converter) = ("PDF", "pdf", .pdftoppm)
    } else if Self.isSVG(bytes) {
      (name, ending, converter) = ("SVG", "svg", .rsvg)
    } else if bytes.hasBytes([0, 0, 0, 12]), starts("jP  ", at: 4) {
      (name, ending, converter) = ("JPEG 2000", "jp2", .imageMagick)
    } else if bytes.hasBytes([0xff, 0x0a]) || bytes.hasBytes([0, 0, 0, 12]) && starts("JXL ", at: 4) {
      (name, ending, converter) = ("JPEG XL", "jxl", .djxl)
    } else if bytes.hasBytes([0, 0, 1, 0]) {
      (name, ending, converter) = ("ICO", "ico", .imageMagick)
    } else if starts("8BPS") {
      (name, ending, converter) = ("Photoshop file", "psd", .imageMagick)
    } else if starts("P"), bytes.count > 2, (0x31...0x36).contains(bytes[1]), [9, 10, 13, 32].contains(bytes[2]) {
      (name, ending, converter) = ("PNM", "pnm", .imageMagick)
    } else if starts("data:image/") {
      (name, ending, converter) = ("data URL", "txt", .base64)
    } else {
      return nil
    }
  }

  /// Whether the text opens an `svg` element, possibly after declarations and comments.
  private static func isSVG(_ bytes: Bytes) -> Bool {
    let start = String(decoding: [UInt8](bytes[0..<min(bytes.count, 1024)]), as: UTF8.self)
    let text = start.drop { $0.isWhitespace || $0 == "\u{feff}" }
    return text.hasPrefix("<svg")
      || ["<?xml", "<!--", "<!DOCTYPE"].contains(where: text.hasPrefix) && text.contains("<svg")
  }

  /// The command that converts a picture to PNG.
  ///
  /// - Parameter path: the name of its file; nil for a picture from a pipe.
  func command(for path: String?) -> String {
    let input = path ?? "picture." + ending
    let dot = input.lastIndex(of: ".").flatMap { $0 > (input.lastIndex(of: "/") ?? input.startIndex) ? $0 : nil }
    let stem = String(input[..<(dot ?? input.endIndex)])
    let output = input.hasSuffix(".png") ? stem + "-converted.png" : stem + ".png"
    let (from, to) = (FileName.shellWord(input), FileName.shellWord(output))
    return switch converter {
    case .imageMagick: "convert \(from) \(to)"
    case .dwebp: "dwebp \(from) -o \(to)"
    case .heif: "heif-convert \(from) \(to)"
    case .djxl: "djxl \(from) \(to)"
    // pdftoppm appends the page number and the extension.
    case .pdftoppm: "pdftoppm -png -r 150 \(from) \(FileName.shellWord(stem))"
    case .rsvg: "rsvg-convert \(from) -o \(to)"
    case .base64: "cut -d, -f2 \(from) | base64 -d > \(to)"
    }
  }
}
