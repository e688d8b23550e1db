/// Why training ends before its plan does.
package enum EarlyEnd: Sendable {
  /// A user wants the work to stop: it is left as it is, for another run to go on.
  case interruption
  /// The time for it is over: its result is what has been learnt so far, recorded as at the plan's end.
  case timeLimit
  /// The validation has not got better for as many epochs as the plan allows.
  case patience
  /// The validation accuracy is as high as the plan wants it.
  case targetAccuracy
}
