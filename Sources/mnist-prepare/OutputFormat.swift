import ArgumentParser
import NNCore

/// What can be written: a form of one file, or a folder of pictures.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case safetensors, idx, npy, npz, csv, libsvm, sheet, png

  /// nil for a folder of pictures.
  var encoding: DataEncoding? { DataEncoding(rawValue: rawValue) }

  /// The form that the ending of a name says; nil if it says none.
  init?(ending path: String) {
    let name = path.hasSuffix(".gz") ? path.dropLast(3) : path[...]
    switch true {
    case path.hasSuffix("/"): self = .png
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
}
