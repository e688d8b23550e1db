/// Names that other programs of the field give to options of these tools. They are accepted, and no help shows them.
enum OptionSynonyms {
  /// The tool's own name of an option, by its synonym.
  private static let names = [
    "--lr": "--learning-rate", "--rate": "--learning-rate", "--step-size": "--learning-rate",
    "--eta": "--learning-rate",
    "--batch": "--batch-size", "--bs": "--batch-size", "--minibatch": "--batch-size",
    "--optimiser": "--optimizer", "--optim": "--optimizer", "--opt": "--optimizer", "--solver": "--optimizer",
    "--wd": "--weight-decay", "--l2": "--weight-decay", "--decay": "--weight-decay",
    "--val": "--validation", "--valid": "--validation", "--validate": "--validation", "--val-data": "--validation",
    "--val-split": "--validation", "--validation-data": "--validation", "--validation-split": "--validation",
    "--validation-fraction": "--validation",
    "--epoch": "--epochs", "--num-epochs": "--epochs", "--n-epochs": "--epochs", "--max-epochs": "--epochs",
    "--steps": "--iterations", "--max-steps": "--iterations", "--iters": "--iterations", "--iter": "--iterations",
    "--updates": "--iterations",
    "--max-time": "--time-limit", "--timeout": "--time-limit", "--time": "--time-limit",
    "--scheduler": "--schedule", "--lr-schedule": "--schedule", "--lr-scheduler": "--schedule",
    "--warm-up": "--warmup", "--warmup-epochs": "--warmup", "--lr-warmup": "--warmup",
    "--grad-clip": "--clip-norm", "--max-grad-norm": "--clip-norm", "--gradient-clip": "--clip-norm",
    "--ema": "--average", "--ema-decay": "--average", "--class-weight": "--class-weights",
    "--eps": "--epsilon", "--beta-1": "--beta1", "--beta-2": "--beta2",
    "--random-state": "--seed", "--random-seed": "--seed", "--rng-seed": "--seed",
    "--num-threads": "--threads", "--jobs": "--threads", "--workers": "--threads", "--num-workers": "--threads",
    "--augmentation": "--augment", "--rotation": "--rotate", "--translate": "--shift", "--zoom": "--scale",
    "--dataset": "--data", "--train-data": "--data", "--test-data": "--data",
    "--initialization": "--init", "--initialisation": "--init", "--initializer": "--init",
    "--stddev": "--std", "--sigma": "--std", "--act": "--activation", "--nonlinearity": "--activation",
    "--out": "--output", "--output-file": "--output", "--silent": "--quiet",
    "--top-k": "--top", "--topk": "--top", "--threshold": "--min-probability", "--min-confidence": "--min-probability",
    "--confusion-matrix": "--confusion", "--normalise": "--normalize", "--ckpt": "--checkpoint",
    "--resume-from": "--resume",
  ]

  /// Options that are no synonyms, with the name that is likely meant.
  private static let hints = ["-V": "--version", "-v": "--version", "-?": "--help"]

  /// The name among `known` that `name` stands for: itself, a synonym, or a name written with underscores.
  static func resolve(_ name: String, known: Set<String>) -> String? {
    if known.contains(name) { return name }
    let hyphenated = name.replacing("_", with: "-")
    return [hyphenated, names[hyphenated] ?? ""].first(where: known.contains)
  }

  /// The name among `known` that is likely meant by an unknown one.
  static func suggestion(for name: String, known: Set<String>) -> String? {
    if let hint = hints[name], known.contains(hint) { return hint }
    if known.contains("-" + name) { return "-" + name }
    let nearest = (known.sorted() + names.keys.sorted().filter { known.contains(names[$0]!) })
      .filter { $0.utf8.starts(with: "--".utf8) }
      .map {
        (name: names[$0].flatMap { known.contains($0) ? $0 : nil } ?? $0, distance: EditDistance.between($0, name))
      }
      .min { $0.distance < $1.distance }
    guard let nearest, nearest.distance <= max(1, (name.utf8.count - 2) / 3) else { return nil }
    return nearest.name
  }
}
