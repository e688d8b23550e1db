import NNCore

/// What lies in Tests/Fixtures, where a script beside each file tells how it was made.
enum Fixtures {
  private static let folder: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/") + "/Fixtures/"
  }()

  static func path(_ name: String) -> String { folder + name }

  static func file(_ name: String) throws -> InputFile {
    try InputFile(path: path(name))
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    try [UInt8](file(name).contents())
  }

  static func safetensors(_ name: String) throws -> Safetensors {
    try Safetensors(reading: file(name + ".safetensors"))
  }

  static func figures(_ name: String) throws -> Figures {
    try Figures(name, JSON(parsing: bytes(name + ".json")))
  }

  /// The names in a folder of the fixtures, with the folder's, in order.
  static func names(in name: String) throws -> [String] {
    try Directory.names(in: folder + name).map { name + "/" + $0 }
  }
}

/// A part of a fixture in JSON. Asking for what is not there ends the tests: then script and test disagree.
struct Figures {
  private let path: String
  private let json: JSON

  init(_ path: String, _ json: JSON) {
    (self.path, self.json) = (path, json)
  }

  private func fail(_ kind: String) -> Never {
    fatalError("\(path) is no \(kind)")
  }

  subscript(name: String) -> Figures {
    guard let member = json[name] else { fatalError("\(path) has no '\(name)'") }
    return Figures(path + "." + name, member)
  }

  var items: [Figures] {
    guard case .array(let items) = json else { fail("array") }
    return items.enumerated().map { Figures("\(path)[\($0)]", $1) }
  }

  var double: Double {
    guard case .number(let digits) = json, let value = Double(digits) else { fail("number") }
    return value
  }

  var int: Int {
    guard case .number(let digits) = json, let value = Int(digits) else { fail("whole number") }
    return value
  }

  var string: String {
    guard case .string(let text) = json else { fail("string") }
    return text
  }

  var doubles: [Double] { items.map(\.double) }
  var ints: [Int] { items.map(\.int) }
  var matrix: Matrix { Matrix(items.map(\.doubles)) }
}
