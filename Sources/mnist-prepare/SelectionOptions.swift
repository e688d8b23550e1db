import ArgumentParser
import NNCommand
import NNCore

/// The options that name, select and order examples.
struct SelectionOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add N to each label first, such as -1 for labels that start at 1.", valueName: "n"))
  var labelOffset = 0

  @Option(
    help: ArgumentHelp(
      "Name classes anew, such as 10=0 or six=6,nine=9; classes of the same name become one.", valueName: "old=new"))
  var map: ClassMap?

  @Option(
    help: ArgumentHelp("Take only these classes, by name, with commas between; 3-5 means 3,4,5.", valueName: "list"))
  var classes: String?

  @Option(
    help: ArgumentHelp(
      "Take the fold K of N, which --seed draws with the same share of each class.", valueName: "k/n"))
  var fold: Fold?

  @Option(help: ArgumentHelp("Take all folds but the fold K of N.", valueName: "k/n"))
  var exceptFold: Fold?

  @Flag(help: "Put the examples in random order, before they are chosen by number.")
  var shuffle = false

  @Option(help: ArgumentHelp("Seed of --shuffle, --fold, --except-fold, --augment and --synthetic.", valueName: "n"))
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

  @Flag(help: "Give each output of --split the same share of each class.")
  var stratify = false

  func validate() throws {
    guard skip >= 0 else { throw ValidationError("--skip takes a number of at least 0.") }
    if let take, take < 1 {
      throw ValidationError("--take \(take) takes no examples: --take takes a number of at least 1.")
    }
    if let balance, balance < 1 { throw ValidationError("--balance takes a number of at least 1.") }
    if classNames?.isEmpty ?? false { throw ValidationError("--classes takes names of classes with commas between.") }
    guard fold == nil || exceptFold == nil else {
      throw ValidationError("--fold and --except-fold exclude each other.")
    }
    guard !stratify || split != nil else { throw ValidationError("--stratify goes with --split.") }
  }

  private var classNames: [String]? {
    classes?.split(separator: ",").map { $0.drop { $0 == " " } }.map { String($0.prefix { $0 != " " }) }.filter {
      !$0.isEmpty
    }
  }

  /// The examples to take, in order.
  ///
  /// - Throws: `FileError` or `Failure` if no examples are left.
  func chosen(from whole: Dataset) throws -> Dataset {
    guard whole.count > 0 else { throw Failure(.badData, "\(whole.source): holds no examples") }
    let whole = try relabelled(whole)
    var dataset = whole
    var count = whole.count
    if classes != nil || fold != nil || exceptFold != nil || shuffle || balance != nil {
      let places = try orderedPlaces(in: whole)
      count = places.count
      dataset = try whole.selecting(Array(places.dropFirst(skip).prefix(take ?? .max)))
      if let classes { dataset.source += " classes \(classes)" }
      if let fold { dataset.source += " fold \(fold) by \(seed)" }
      if let exceptFold { dataset.source += " all but fold \(exceptFold) by \(seed)" }
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

  private func relabelled(_ whole: Dataset) throws -> Dataset {
    var dataset = whole
    if labelOffset != 0 {
      dataset = try dataset.offsettingLabels(by: labelOffset)
      dataset.source += " labels offset by \(labelOffset)"
    }
    if let map {
      dataset = try dataset.renamingClasses(map.names)
      dataset.source += " classes \(map)"
    }
    return dataset
  }

  /// The places of the chosen classes and folds, shuffled and balanced.
  private func orderedPlaces(in whole: Dataset) throws -> [Int] {
    var places = try classNames.map { try whole.places(ofClasses: $0) } ?? Array(0..<whole.count)
    guard !places.isEmpty else {
      throw Failure(.badData, "\(whole.source): has no examples of the classes \(classes ?? "")")
    }
    if let chosen = fold ?? exceptFold {
      let own = try chosen.places(of: places, labels: whole.labels, seed: seed)
      places = fold == nil ? places.filter(Set(places).subtracting(own).contains) : own
    }
    if shuffle {
      var random = RandomState(seed: seed)
      random.shuffle(&places)
    }
    return try balance.map { try whole.balanced(places, count: $0) } ?? places
  }

  /// The examples for each output.
  ///
  /// - Throws: `Failure` if there are too few.
  func parts(of chosen: Dataset) throws -> [Dataset] {
    try split?.parts(of: chosen, isStratified: stratify) ?? [chosen]
  }
}
