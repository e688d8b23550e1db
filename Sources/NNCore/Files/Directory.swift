/// Lists and examines folders.
package enum Directory {
  /// Whether `path` is a folder or a link to a folder.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return path.withFileName { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return path.withFileName { lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The canonical path of a file that may not exist: the path of its folder without links and dots, and the file's
  /// name.
  package static func canonical(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    let (folder, name) = FileName.split(String(path))
    guard let real = (folder.isEmpty ? "." : folder).withFileName({ realpath($0, nil) }) else { return String(path) }
    defer { free(real) }
    return FileName.text((0..<strlen(real)).map { UInt8(truncatingIfNeeded: real[$0]) }) + "/" + name
  }

  /// The names in the folder, sorted by their bytes, without `.` and `..`.
  ///
  /// - Throws: `FileError` of kind `cannotOpen`.
  package static func names(in path: String) throws -> [String] {
    try entries(in: path).map(\.name)
  }

  /// A name in a folder with its type. Most systems report the type with the name, which saves a call of `stat` for
  /// each file.
  private struct Entry {
    let name: String
    let type: UInt8
  }

  private static func entries(in path: String) throws -> [Entry] {
    guard let stream = path.withFileName({ opendir($0) }) else { throw FileError.system(.cannotOpen, file: path) }
    defer { closedir(stream) }
    var entries: [(name: [UInt8], type: UInt8)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: UInt8.self, capacity: 256) {
          Array(UnsafeBufferPointer(start: $0, count: strlen(tuple)))
        }
      }
      if name != [dot], name != [dot, dot] { entries.append((name, entry.pointee.d_type)) }
    }
    entries.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return entries.map { Entry(name: FileName.text($0.name), type: $0.type) }
  }

  private static let dot = UInt8(ascii: ".")

  /// The files below a folder.
  package struct Listing {
    /// The paths of the files that were asked for.
    package fileprivate(set) var files: [String] = []
    /// The paths of all other files.
    package fileprivate(set) var others: [String] = []
  }

  /// The files below the folder, at any depth, in order, by what `isWanted` says of their names. Links to folders are
  /// not followed, because they may form a loop.
  ///
  /// - Parameter areAll: whether to include hidden files, whose names begin with a dot, and the folder `__MACOSX`, in
  ///   which archives made on a Mac keep metadata.
  /// - Throws: `FileError` of kind `cannotOpen`.
  package static func listing(
    below path: String, where isWanted: (String) -> Bool, areAll: Bool = false
  ) throws -> Listing {
    var listing = Listing()
    try collect(below: path, isWanted, areAll, into: &listing)
    return listing
  }

  private static func collect(
    below path: String, _ isWanted: (String) -> Bool, _ areAll: Bool, into listing: inout Listing
  ) throws {
    let base = path.hasSuffix("/") ? path : path + "/"
    for entry in try entries(in: path) where areAll || !entry.name.hasPrefix(".") && entry.name != "__MACOSX" {
      let full = base + entry.name
      if entry.type != UInt8(DT_REG), exists(full) {
        if !isLink(full) { try collect(below: full, isWanted, areAll, into: &listing) }
      } else if isWanted(entry.name) {
        listing.files.append(full)
      } else {
        listing.others.append(full)
      }
    }
  }

  /// Whether `name` ends in `suffix`, which is in lower case, ignoring case.
  package static func hasEnding(_ name: String, _ suffix: String) -> Bool {
    name.utf8.count >= suffix.utf8.count
      && name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) {
        $0 == $1 || (65...90).contains($0) && $0 | 0x20 == $1
      }
  }
}
