import NNCore
import Testing

/// What can happen to a file: it must be read all the same, or refused by a `FileError`.
enum Damage {
  /// Reads every beginning of `file`, and `corruptions` copies with one byte changed each.
  static func expectSurvived(
    _ file: [UInt8], corruptions: Int, seed: UInt32 = 1, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation, _ read: ([UInt8]) throws -> Void
  ) {
    var random = RandomState(seed: seed)
    func attempt(_ damaged: [UInt8], _ damage: @autoclosure () -> String) {
      do {
        try read(damaged)
      } catch let error as FileError {
        #expect(error.kind == .badData, "\(what): \(damage())", sourceLocation: sourceLocation)
      } catch {
        Issue.record(error, "\(what): \(damage())", sourceLocation: sourceLocation)
      }
    }
    for count in file.indices { attempt(Array(file[..<count]), "the first \(count) bytes") }
    for _ in 0..<corruptions {
      let place = Int(random.integer(through: UInt32(file.count - 1)))
      let change = UInt8(1 + random.integer(through: 254))
      var damaged = file
      damaged[place] ^= change
      attempt(damaged, "byte \(place) xor \(change)")
    }
  }
}
