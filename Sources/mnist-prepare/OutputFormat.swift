import ArgumentParser
import NNCore

/// What can be written: a form of one file, or a folder of pictures.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case safetensors, idx, npy, npz, csv, libsvm, sheet, png

  /// nil for a folder of pictures.
  var encoding: DataEncoding? { DataEncoding(rawValue: rawValue) }

  /// The form that the ending of a name says; nil if it says none.
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
    case name.hasSuffix(".png"): self = .sheet
    default: return nil
    }
  }

  /// Endings of forms that are not written: a data file named so would mislead.
  private static let others = [
    ".tsv", ".txt", ".pkl", ".pt", ".mat", ".h5", ".hdf5", ".json", ".parquet", ".zip", ".jpg", ".jpeg",
  ]

  /// Whether the ending of a name says a form that is not written.
  static func isOther(ending path: String) -> Bool {
    others.contains { name(path).hasSuffix($0) }
  }

  private static func name(_ path: String) -> String {
    let name = path.lowercased()
    return name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }
}
