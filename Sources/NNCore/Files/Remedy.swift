/// What a user can do about an error.
///
/// NNCore names no options of commands; NNCommand words each case in them.
package enum Remedy: Sendable, Equatable {
  /// Choose one of the parts that the message lists.
  case choosePart
  /// Choose one of these parts, which the message doesn't list.
  case choosePartOf([String])
  /// Choose the training or the test part of a folder that holds MNIST's files.
  case chooseTrainOrTest
  /// Name the arrays that hold the images and the labels.
  case nameArrays
  /// Name the column that holds the labels.
  case nameLabelColumn
  /// Name the column that holds the labels, because it isn't plain which column does.
  case confirmLabelColumn
  /// Ask for pictures of another shape than `shape`; `count` is the number of pixels of `shape` if the message gives
  /// another number to compare it with.
  case changeShape(shape: String, count: Int?)
  /// State the range of the numbers, or don't ask for a shape.
  case stateRange
  /// State the shape of the pictures.
  case stateShape
  /// State what pixels are multiplied by, which may be 1 / `maximum`.
  case stateScale(maximum: UInt8)
  /// Keep numbers of 0 to 1 as they are.
  case keepFeatures
  /// Take pictures as they are, without normalization.
  case keepPictures
  /// Allow pictures of more pixels.
  case allowMorePixels
  /// Allow compressed data to grow more.
  case allowMoreInflation
  /// Shift labels that seem to start at 1.
  case offsetLabels
  /// Take fewer examples.
  case takeFewer
  /// Omit an operation, because it needs labels.
  case omitForLackOfLabels(Operation)
  /// Omit an operation, because it needs pictures.
  case omitForLackOfPictures(Operation)
  /// Make a data file of the file or folder of this name; `-` is standard input.
  case prepare(String)
  /// Make a data file of what the message tells to make.
  case prepareThat
  /// Make a model.
  case makeModel
  /// Train with a learning rate below this one.
  case lowerLearningRate(Double)

  /// What is made of a data set.
  package enum Operation: Sendable {
    case chooseClasses, mapClasses, balance, offsetLabels, invert, transpose, resize, augment
  }
}
