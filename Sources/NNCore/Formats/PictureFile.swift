/// The files of pictures that are read: PNG and JPEG, told by their content.
package enum PictureFile {
  /// The default maximum number of pixels. Larger pictures are refused before memory is allocated.
  package static let maximumPixels = 100_000_000

  /// The endings of the files' names, in lower case.
  private static let endings = [".png", ".jpg", ".jpeg"]

  /// Whether a name has the ending of a picture, ignoring case.
  package static func hasEnding(_ name: String) -> Bool { ending(name) != nil }

  /// A name, or the end of a path, without the ending of a picture.
  package static func stem(_ name: some StringProtocol) -> String {
    let name = String(name)
    return String(decoding: name.utf8.dropLast(ending(name)?.utf8.count ?? 0), as: UTF8.self)
  }

  /// The paths that a picture may have whose path without its ending is `stem`.
  static func paths(of stem: String) -> [String] { endings.map { stem + $0 } }

  private static func ending(_ name: String) -> String? { endings.first { Directory.hasEnding(name, $0) } }

  /// Whether the bytes start as a picture does.
  package static func recognizes(_ bytes: Bytes) -> Bool { PNG.recognizes(bytes) || JPEG.recognizes(bytes) }

  /// Decodes the picture to 8-bit sRGB with straight alpha.
  ///
  /// - Parameter maxPixels: the maximum number of pixels, which is checked by the header before memory is allocated.
  /// - Throws: `FileError` of kind `badData` if it is not a sound picture; `unavailable` if it takes a library that is
  ///   not installed.
  package static func decode(_ bytes: Bytes, of file: InputFile, maxPixels: Int = maximumPixels) throws -> Picture {
    JPEG.recognizes(bytes)
      ? try JPEG.decode(bytes, of: file, maxPixels: maxPixels) : try PNG.decode(bytes, of: file, maxPixels: maxPixels)
  }

  /// The pixels of a picture that is grey and opaque, row by row; nil for any other picture.
  ///
  /// - Throws: as `decode`.
  static func decodeGrey(
    _ bytes: Bytes, of file: InputFile, maxPixels: Int
  ) throws -> (width: Int, height: Int, pixels: [UInt8])? {
    JPEG.recognizes(bytes)
      ? try JPEG.decodeGrey(bytes, of: file, maxPixels: maxPixels)
      : try PNG.decodeGrey(bytes, of: file, maxPixels: maxPixels)
  }

  /// - Throws: `FileError` if there are not `count` bytes of memory, for lack of which creating an array would end the
  ///   process.
  static func requireMemory(_ count: Int, _ file: InputFile) throws {
    guard let room = malloc(count) else { throw file.malformed("takes \(count) bytes of memory, which are not there") }
    free(room)
  }
}
