/// The ways to print an evaluation.
enum EvaluationForm {
  case metrics, each, confusion, errors, json
}
