/// Looking into folders.
public enum Directory {
  /// Whether `path` is a folder, or a link to one.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The names in the folder, sorted by their bytes, without `.` and `..`.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`.
  public static func names(in path: String) throws -> [String] {
    guard let stream = opendir(path) else { throw FileError.system(.cannotOpen, file: path) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The files below the folder, at any depth, whose names end in `suffix` whatever the case, in order. Linked folders
  /// are passed over, so that a loop of links ends.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`.
  public static func files(below path: String, ending suffix: String) throws -> [String] {
    try names(in: path).flatMap { name in
      let full = path.hasSuffix("/") ? path + name : path + "/" + name
      if exists(full) { return isLink(full) ? [] : try files(below: full, ending: suffix) }
      return name.lowercased().hasSuffix(suffix) ? [full] : []
    }
  }
}
