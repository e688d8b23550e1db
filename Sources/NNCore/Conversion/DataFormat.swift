/// The formats that can be read.
package enum DataFormat: String, CaseIterable, Sendable {
  case idx, pickle, npy, npz, csv, libsvm, png, jpeg, parquet, matlab, safetensors

  /// Detects the format from the first bytes.
  package init?(_ bytes: Bytes) {
    if bytes.count > 8, bytes[8] == UInt8(ascii: "{"), bytes[6] == 0, bytes[7] == 0 {
      self = .safetensors
    } else if bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 {
      self = .idx
    } else if NPY.recognizes(bytes) {
      self = .npy
    } else if Zip.recognizes(bytes) {
      self = .npz
    } else if PNG.recognizes(bytes) {
      self = .png
    } else if JPEG.recognizes(bytes) {
      self = .jpeg
    } else if Parquet.recognizes(bytes) {
      self = .parquet
    } else if MATLAB.recognizes(bytes) {
      self = .matlab
    } else if Unpickler.recognizes(bytes) {
      self = .pickle
    } else if LIBSVM.recognizes(bytes) {
      self = .libsvm
    } else if CSV.recognizes(bytes) {
      self = .csv
    } else {
      return nil
    }
  }

  /// Says what a file in none of the formats is and how to convert it; nil if that isn't known.
  static func explainUnknown(_ bytes: Bytes, of file: InputFile) -> FileError? {
    if let picture = PNG.explainNonPNG(bytes, file) { return picture }
    guard bytes.hasBytes([0xff, 0xfe]) || bytes.hasBytes([0xfe, 0xff]) else { return nil }
    return file.malformed("is text in UTF-16: convert it with 'iconv -f UTF-16 -t UTF-8'", at: .byte(0))
  }
}
