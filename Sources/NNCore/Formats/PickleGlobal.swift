/// The global names that a pickle of arrays may refer to. They run only code of this program; all other names are
/// refused.
enum PickleGlobal: String, CaseIterable {
  case reconstruct = "numpy.core.multiarray._reconstruct"
  case scalar = "numpy.core.multiarray.scalar"
  case fromBuffer = "numpy.core.numeric._frombuffer"
  case ndarray = "numpy.ndarray"
  case dtype = "numpy.dtype"
  case encode = "_codecs.encode"
  case bytes = "builtins.bytes"
  case orderedDictionary = "collections.OrderedDict"

  /// Python 2 and NumPy 2 use other names for the same modules.
  init?(module: String, name: String) {
    let module =
      switch module {
      case "__builtin__": "builtins"
      case _ where module.hasPrefix("numpy._core."): "numpy.core." + module.dropFirst("numpy._core.".count)
      default: module
      }
    self.init(rawValue: module + "." + name)
  }
}
