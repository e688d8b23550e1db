import ArgumentParser

/// New names of classes: OLD=NEW pairs with commas between.
struct ClassMap: ExpressibleByArgument, CustomStringConvertible {
  let names: [String: String]
  let description: String

  init?(argument: String) {
    var names: [String: String] = [:]
    for pair in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = pair.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty,
        names.updateValue(String(sides[1]), forKey: String(sides[0])) == nil
      else { return nil }
    }
    (self.names, description) = (names, argument)
  }
}
