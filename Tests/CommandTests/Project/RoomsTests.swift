import Foundation
import Testing

/// NNCore's rooms lie on floors, and a room knows only rooms of lower floors.
struct RoomsTests {
  /// From the top floor down.
  static let floors: [Set<String>] = [
    ["Drawing"], ["Evaluation"], ["Engine"], ["Training"], ["Conversion", "Network", "Synthetic"], ["Data"],
    ["Concurrency", "Formats", "Vision", "Textbook"], ["Files", "Random", "Pictures"],
  ]

  @Test func everyRoomHasAFloor() throws {
    let rooms = try FileManager.default.contentsOfDirectory(atPath: Project.root + "/Sources/NNCore")
    #expect(Set(rooms.filter { !$0.hasPrefix(".") }) == Self.floors.reduce(Set()) { $0.union($1) })
  }

  @Test func roomsKnowOnlyLowerFloors() throws {
    let violations = Self.violations(in: try SourceFile.all(below: "Sources/NNCore"))
    #expect(violations.isEmpty, "\(violations.joined(separator: "\n"))")
  }

  /// The check itself: it names the file and the type, and leaves lower floors, comments and texts alone.
  @Test func violationsAreNamed() {
    let files = [
      SourceFile(path: "Training/Trainer.swift", text: "package struct Trainer {\n  let engine: FastEngine\n}\n"),
      SourceFile(
        path: "Engine/FastEngine.swift", text: "final class FastEngine {\n  // A Trainer\n  let t: Trainer\n}\n"),
      SourceFile(path: "Formats/CSV.swift", text: "enum CSV {\n  let a = \"Trainer\"\n  private struct Row {}\n}\n"),
      SourceFile(path: "Vision/Row.swift", text: "struct Row { let c: CSV }\n"),
    ]
    #expect(
      Self.violations(in: files) == [
        "Training/Trainer.swift refers to FastEngine, which is in Engine",
        "Vision/Row.swift refers to CSV, which is in Formats",
      ])
  }

  private static func violations(in files: [SourceFile]) -> [String] {
    var rooms: [String: Set<String>] = [:]
    for file in files { for type in file.declaredTypes { rooms[type, default: []].insert(file.room) } }
    return files.flatMap { file in
      file.capitalizedWords.sorted().compactMap { word in
        guard let declaring = rooms[word], !declaring.contains(file.room), !file.ownTypes.contains(word),
          let room = declaring.min(), declaring.allSatisfy({ floor($0) <= floor(file.room) })
        else { return nil }
        return "\(file.path) refers to \(word), which is in \(room)"
      }
    }.sorted()
  }

  /// Counted from the top.
  private static func floor(_ room: String) -> Int { floors.firstIndex { $0.contains(room) } ?? floors.count }
}
