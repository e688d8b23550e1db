import NNCore

/// The files that a command line names, and the one check that no output takes another file's place.
package struct NamedFiles {
  /// A name and the option that it stands after.
  package typealias Entry = (option: String, path: String?)

  private let inputs: [Entry]
  private let outputs: [Entry]
  private let followed: [Entry]

  /// - Parameters:
  ///   - inputs: files that are read.
  ///   - outputs: files that appear when they are complete; nil and `-` are standard output.
  ///   - followed: files that are overwritten or appended to from the start, such as logs; nil is no file.
  package init(inputs: [Entry] = [], outputs: [Entry], followed: [Entry] = []) {
    (self.inputs, self.outputs, self.followed) = (inputs, outputs, followed)
  }

  /// - Throws: `Failure` if two outputs are one file, or if an output destroys an input that is still to be read.
  func check() throws {
    let written = (outputs + followed.filter { $0.path != nil }).compactMap { entry in
      FileIdentity(entry.path).map { (entry, $0) }
    }
    for (place, (entry, identity)) in written.enumerated() {
      if let (other, _) = written[..<place].first(where: { $0.1 == identity }) {
        throw Failure.usage("\(Self.title(other)) and \(Self.title(entry)) name the same file")
      }
    }
    for entry in followed where entry.path != nil {
      guard let identity = FileIdentity(entry.path) else { continue }
      let clash = inputs.first { $0.path != nil && $0.path != "-" && FileIdentity($0.path) == identity }
      if let clash {
        throw Failure.usage("\(Self.title(entry)) would overwrite \(Self.title(clash)), which is to be read")
      }
    }
  }

  private static func title(_ entry: Entry) -> String {
    guard let path = entry.path, path != "-" else { return "standard output" }
    return entry.option.isEmpty ? "'\(path)'" : "\(entry.option) '\(path)'"
  }
}

/// Which file a name stands for, whatever it is called.
private enum FileIdentity: Equatable {
  case existing(device: UInt64, inode: UInt64)
  /// A file that isn't there yet, by its folder and its name in it.
  case new(folder: String)

  /// Nil for a device or a pipe, to which several may write, and for a terminal.
  ///
  /// - Parameter path: nil or `-` for standard output.
  init?(_ path: String?) {
    var status = stat()
    let isFound: Bool
    if let path, path != "-" {
      isFound = path.withFileName { stat($0, &status) } == 0
    } else {
      isFound = fstat(STDOUT_FILENO, &status) == 0
      if !isFound { return nil }
    }
    if isFound {
      guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else { return nil }
      self = .existing(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
    } else {
      self = .new(folder: Directory.canonical(Output.resolved(path ?? "-")))
    }
  }
}
