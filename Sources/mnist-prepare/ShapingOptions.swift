import ArgumentParser
import NNCommand
import NNCore

/// The options that select and order examples and transform their pictures.
struct ShapingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What pixels are to be multiplied by, as a fraction; the source's own, mostly 1/255, if not given.",
      valueName: "a/b"))
  var scale: Scale?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add N to each label first, such as -1 for labels that start at 1.", valueName: "n"))
  var labelOffset = 0

  @Option(
    help: ArgumentHelp("Take only these classes, by name, with commas between; 3-5 means 3,4,5.", valueName: "list"))
  var classes: String?

  @Flag(help: "Put the examples in random order, before they are chosen by number.")
  var shuffle = false

  @Option(help: ArgumentHelp("Seed of --shuffle and --synthetic.", valueName: "n"))
  var seed: UInt32 = 1

  @Option(help: ArgumentHelp("Take the first N examples of each class.", valueName: "n"))
  var balance: Int?

  @Option(help: ArgumentHelp("Leave out the first N examples.", valueName: "n"))
  var skip = 0

  @Option(help: ArgumentHelp("Take N examples at most.", valueName: "n"))
  var take: Int?

  @Option(
    help: ArgumentHelp(
      "Sizes of several outputs, such as 50000:10000 or 80%:20%; as many -o as sizes.", valueName: "n:n"))
  var split: Split?

  @Flag(help: "Swap the pictures' rows and columns, as EMNIST's need it.")
  var transpose = false

  @Option(help: ArgumentHelp("Make pictures of so many rows and columns.", valueName: "rxc"))
  var resize: PictureShape?

  @Flag(help: "Make white of black and black of white.")
  var invert = false

  func validate() throws {
    guard skip >= 0 else { throw ValidationError("--skip takes a number of at least 0.") }
    if let take, take < 1 { throw ValidationError("--take takes a number of at least 1.") }
    if let balance, balance < 1 { throw ValidationError("--balance takes a number of at least 1.") }
    if classNames?.isEmpty ?? false { throw ValidationError("--classes takes names of classes with commas between.") }
  }

  private var classNames: [String]? {
    classes?.split(separator: ",").map { $0.drop { $0 == " " } }.map { String($0.prefix { $0 != " " }) }.filter {
      !$0.isEmpty
    }
  }

  /// The examples for each output.
  ///
  /// - Throws: `FileError` or `Failure` if no examples are left, or too few.
  func apply(to whole: Dataset) throws -> [Dataset] {
    let chosen = try changed(chosen(from: whole))
    guard let split else { return [chosen] }
    let sizes = split.sizes(of: chosen.count)
    guard sizes.allSatisfy({ $0 > 0 }) else {
      throw Failure(.badData, "--split leaves an output without any of \(chosen.count) examples")
    }
    let wanted = sizes.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    guard sizes.allSatisfy({ $0 <= chosen.count }), wanted <= chosen.count else {
      throw Failure(
        .badData, "--split takes \(sizes.map(String.init).joined(separator: " + ")) examples of \(chosen.count)")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      var part = chosen.selecting(start..<start + size)
      part.source += " [\(start)..<\(start + size)]"
      return part
    }
  }

  private func chosen(from whole: Dataset) throws -> Dataset {
    guard whole.count > 0 else { throw Failure(.badData, "\(whole.source): holds no examples") }
    var whole = whole
    if labelOffset != 0 {
      whole = try whole.offsettingLabels(by: labelOffset)
      whole.source += " labels offset by \(labelOffset)"
    }
    var dataset = whole
    var count = whole.count
    if classes != nil || shuffle || balance != nil {
      let places = try orderedPlaces(in: whole)
      count = places.count
      dataset = try whole.selecting(Array(places.dropFirst(skip).prefix(take ?? .max)))
      if let classes { dataset.source += " classes \(classes)" }
      if shuffle { dataset.source += " shuffled by \(seed)" }
      if let balance { dataset.source += " \(balance) of each class" }
    } else {
      let start = min(skip, count)
      dataset = whole.selecting(start..<start + min(take ?? .max, count - start))
    }
    guard dataset.count > 0 else { throw Failure(.badData, "--skip \(skip) leaves none of \(count) examples") }
    if dataset.count < count { dataset.source += " [\(skip)..<\(skip + dataset.count)]" }
    return dataset
  }

  /// The places of the chosen classes, shuffled and balanced.
  private func orderedPlaces(in whole: Dataset) throws -> [Int] {
    var places = try classNames.map { try whole.places(ofClasses: $0) } ?? Array(0..<whole.count)
    guard !places.isEmpty else {
      throw Failure(.badData, "\(whole.source): has no examples of the classes \(classes ?? "")")
    }
    if shuffle {
      var random = RandomState(seed: seed)
      random.shuffle(&places)
    }
    return try balance.map { try whole.balanced(places, count: $0) } ?? places
  }

  private func changed(_ chosen: Dataset) throws -> Dataset {
    var dataset = chosen
    if transpose {
      dataset = try dataset.transposed()
      dataset.source += " transposed"
    }
    if let resize {
      dataset = try dataset.resized(resize)
      dataset.source += " resized to \(resize)"
    }
    if invert {
      dataset = try dataset.inverted()
      dataset.source += " inverted"
    }
    if let scale { dataset.scale = scale }
    return dataset
  }
}
