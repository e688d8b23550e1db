import Foundation
import Testing

/// `Sources/README.md`, the map, names what is there.
struct SourceMapTests {
  private static func map() throws -> String {
    try String(contentsOfFile: Project.root + "/Sources/README.md", encoding: .utf8)
  }

  /// What stands in backquotes.
  private static func names(_ map: String) -> [String] { map.matches(of: #/`([^`]+)`/#).map { String($0.1) } }

  @Test func everyNamedFileExists() throws {
    let paths = Self.names(try Self.map()).filter { $0.contains("/") }
    #expect(paths.count > 20)
    for path in paths {
      let places = ["/", "/Sources/"].map { Project.root + $0 + path }
      #expect(places.contains { FileManager.default.fileExists(atPath: $0) }, "\(path) is not there")
    }
  }

  @Test func everyNamedTypeAndFunctionExists() throws {
    let files = try SourceFile.all(below: "Sources")
    let types = files.reduce(into: Set<String>()) { $0.formUnion($1.ownTypes) }
    let functions = files.reduce(into: Set<String>()) { $0.formUnion($1.functions.map(\.name)) }
    let targets = try FileManager.default.contentsOfDirectory(atPath: Project.root + "/Sources")
    let names = Self.names(try Self.map()).filter { $0.wholeMatch(of: #/[A-Za-z]\w+/#) != nil }
    #expect(names.count > 40)
    for name in names where !targets.contains(name) {
      let isThere = name.first!.isUppercase ? types.contains(name) : functions.contains(name)
      #expect(isThere || name == "code", "\(name) is nowhere in Sources")
    }
  }

  /// Each room has a row, on the floor that the test of rooms gives it.
  @Test func everyRoomIsOnItsFloor() throws {
    let map = try Self.map()
    for (index, rooms) in RoomsTests.floors.enumerated() {
      for room in rooms {
        #expect(map.contains("| \(RoomsTests.floors.count - index) | `NNCore/\(room)` |"), "\(room)")
      }
    }
  }
}
