import NNCore

// Errors as the commands print them, with remedies in the words of options.

extension Remedy {
  /// What follows the message of an error.
  fileprivate var words: String {
    switch self {
    case .choosePart: ": choose one with --part"
    case .choosePartOf(let parts): ": choose of the parts \(parts.joined(separator: ", ")) with --part"
    case .chooseTrainOrTest: ": choose what to take of it with --part train or --part test"
    case .nameArrays: ": choose with --images KEY and --labels-key KEY"
    case .nameLabelColumn: ": name it with --label-column"
    case .confirmLabelColumn: ": name the column of labels by --label-column, such as 1 or last, or say none"
    case .changeShape(let shape, nil): ", beyond --shape \(shape)"
    case .changeShape(let shape, let count?): ", and --shape \(shape) asks for \(count)"
    case .stateRange: ": state their range with --range, such as -1:1, or leave --shape out"
    case .stateShape: ": give the rows and columns of pictures with --shape"
    case .stateScale(let maximum):
      ": --scale 1/\(maximum) says so to the network, --range 0:\(maximum) makes pixels of 0 to 255"
    case .keepFeatures: "; --range none keeps them as they are"
    case .keepPictures: "; --raw takes pictures as they are"
    case .allowMorePixels: " that --max-pixels allows"
    case .allowMoreInflation: ": raise --max-ratio if they may"
    case .offsetLabels: "; labels seem to start at 1: mnist-prepare --label-offset -1 makes them start at 0"
    case .takeFewer: ": choose some with --take"
    case .omitForLackOfLabels(let operation): ", which \(operation.option) goes by"
    case .omitForLackOfPictures(let operation): ", and \(operation.option) is for pictures"
    case .prepare(let name):
      ": 'mnist-prepare \(name == "-" ? name : FileName.shellWord(name)) -o data.safetensors' makes one"
    case .prepareThat: "; mnist-prepare makes a data file of that"
    case .makeModel: ": nn-init makes one, and nn-train trains it"
    case .lowerLearningRate(let rate): "; try a --learning-rate below \(rate)"
    }
  }
}

extension Remedy.Operation {
  fileprivate var option: String {
    switch self {
    case .chooseClasses: "--classes"
    case .mapClasses: "--map"
    case .balance: "--balance"
    case .offsetLabels: "--label-offset"
    case .invert: "--invert"
    case .transpose: "--transpose"
    case .resize: "--resize"
    case .augment: "--augment"
    }
  }
}

extension FileError {
  /// The whole line to print.
  package var line: String { description + (remedy?.words ?? "") }
}

extension DataNote {
  /// The whole line to print.
  package var line: String { "\(source): \(message)" + (remedy?.words ?? "") }
}

extension TrainingDiverged {
  /// The whole line to print.
  package var line: String { description + remedy.words }
}
