import ArgumentParser

// The options that exclude each other.

extension NNEval {
  func validate() throws {
    guard data != nil || show else {
      throw ValidationError("Missing expected argument '--data <file>', unless --show is given.")
    }
    guard !show || data == nil else { throw ValidationError("--show goes without --data.") }
    let isOther = json || confusion || errors || each || ensemble || compare || calibrate || !pictures.files.isEmpty
    guard !show || !isOther else {
      throw ValidationError("--show goes without other ways of telling and without pictures.")
    }
    guard [json, confusion, errors].filter({ $0 }).count <= 1 else {
      throw ValidationError("--json, --confusion and --errors exclude each other; --json tells all three.")
    }
    guard !compare || !(json || confusion || errors || ensemble || calibrate) && pictures.files.isEmpty else {
      throw ValidationError("--compare goes without other ways of telling and without pictures.")
    }
    guard !compare || models.count == 2 else {
      throw ValidationError("--compare takes two models, and \(models.count) are named.")
    }
    guard !each || !(json || confusion || errors || ensemble || compare || calibrate) && pictures.files.isEmpty else {
      throw ValidationError("--each goes without other ways of telling and without pictures.")
    }
    guard !calibrate || !(json || confusion || errors || ensemble) else {
      throw ValidationError("--calibrate goes without --json, --confusion, --errors and --ensemble.")
    }
    guard !calibrate || models.count <= 1 else { throw ValidationError("--calibrate takes one model.") }
    guard !calibrate || pictures.files.isEmpty else {
      throw ValidationError("--calibrate goes without pictures and --report.")
    }
    if !pictures.files.isEmpty, models.count > 1, !ensemble {
      throw ValidationError(
        "Pictures and --report are of one model, or of an --ensemble, and \(models.count) are named.")
    }
    guard pictures.weightsPng == nil || models.count <= 1 else {
      throw ValidationError("--weights-png is of one model, and \(models.count) are named.")
    }
  }
}
