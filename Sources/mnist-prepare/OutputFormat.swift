import ArgumentParser
import NNCore

/// A format that can be written: an encoding of one file, or a folder of pictures.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case safetensors, idx, npy, npz, csv, libsvm, parquet, matlab, sheet, png

  /// nil for a folder of pictures.
  var encoding: DataEncoding? { DataEncoding(rawValue: rawValue) }

  /// Detects the format from the ending of a name; nil for an unknown ending.
  init?(ending path: String) {
    let name = Self.name(path)
    switch true {
    case name.hasSuffix("/"): self = .png
    case name.hasSuffix(".safetensors"): self = .safetensors
    case name.hasSuffix(".idx"), name.hasSuffix("-ubyte"): self = .idx
    case name.hasSuffix(".npy"): self = .npy
    case name.hasSuffix(".npz"): self = .npz
    case name.hasSuffix(".csv"): self = .csv
    case name.hasSuffix(".svm"), name.hasSuffix(".libsvm"): self = .libsvm
    case name.hasSuffix(".parquet"): self = .parquet
    case name.hasSuffix(".mat"): self = .matlab
    case name.hasSuffix(".png"): self = .sheet
    default: return nil
    }
  }

  /// Endings of formats that are not written. A data file with such a name would mislead.
  private static let others = [
    ".tsv", ".txt", ".pkl", ".pt", ".h5", ".hdf5", ".json", ".zip", ".jpg", ".jpeg",
  ]

  /// Whether the ending of a name belongs to a format that is not written.
  static func isOther(ending path: String) -> Bool {
    others.contains { name(path).hasSuffix($0) }
  }

  private static func name(_ path: String) -> String {
    let name = path.lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
