import Testing

/// nn-train --augment with a list.
struct AugmentTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(120)
    try shell.output(of: "nn-init 784 12 10 -o start.safetensors")
  }

  private static let command = "nn-train -q start.safetensors --data data.safetensors --batch-size 50 --epochs 2"

  @Test(arguments: ["affine", "elastic", "thickness", "affine,elastic,thickness"])
  func threadsMakeNoDifference(_ list: String) throws {
    let one = try shell.run("\(Self.command) --augment \(list) --threads 1").outputBytes
    #expect(try !one.isEmpty && one != shell.run("\(Self.command) --augment").outputBytes)
    for threads in [2, 3, 8] {
      #expect(try shell.run("\(Self.command) --augment=\(list) --threads \(threads)").outputBytes == one)
    }
    let settings = try PlainSafetensors(one).metadata["trained.augment"]
    #expect(settings?.contains("sigma=6.0 alpha=36.0") == list.contains("elastic"))
  }

  /// The copies that mnist-prepare makes are what nn-train sees, an epoch a copy.
  @Test func copiesAreTheEpochs() throws {
    let options = "--augment affine,elastic,thickness --rotate 8 --shift 2 --elastic 5:30"
    try shell.output(
      of: """
        mnist-prepare -q data.safetensors \(options) --zoom 0.1 --seed 9 -o first.safetensors
        nn-train -q start.safetensors --data data.safetensors \(options) --scale 0.1 --seed 9 --epochs 1 \
          --batch-size 40 --no-shuffle -o seen.safetensors
        nn-train -q start.safetensors --data first.safetensors --seed 9 --epochs 1 --batch-size 40 --no-shuffle \
          -o trained.safetensors
        """)
    let (seen, trained) = try (
      PlainSafetensors(shell.read("seen.safetensors")), PlainSafetensors(shell.read("trained.safetensors"))
    )
    #expect(seen.tensors == trained.tensors)
    #expect(
      seen.metadata["trained.augment"]
        == "rotate=8.0 scale=0.1 shear=0.15 shift=2.0 sigma=5.0 alpha=30.0 thickness=0.3")
  }

  /// A word after --augment is the model, unless the name of a part is in it.
  @Test func theListMayBeLeftOut() throws {
    let tail = "--data data.safetensors --batch-size 50 --epochs 2"
    let plain = try shell.output(of: "\(Self.command) --augment -o plain; sha256sum <plain")
    for words in [
      "--augment start.safetensors", "--augment --augment start.safetensors", "--augment=plain start.safetensors",
    ] {
      #expect(try shell.output(of: "nn-train -q \(words) \(tail) -o plain; sha256sum <plain") == plain)
    }
    try shell.output(of: "cp start.safetensors affine")
    let list = try shell.output(of: "nn-train -q --augment affine start.safetensors \(tail) -o list; sha256sum <list")
    #expect(list != plain)
    #expect(try shell.output(of: "nn-train -q --augment affine affine \(tail) -o list; sha256sum <list") == list)
  }

  @Test func whatDoesNotFit() throws {
    for (options, parts) in [
      ("--augment affine,elsatic", ["'affine,elsatic'", "--augment"]), ("--augment=", ["--augment"]),
      ("--augment=affine,plain", ["--augment"]), ("--rotate 5", ["--rotate goes with --augment affine"]),
      ("--augment --shift 1", ["--shift goes with --augment affine"]),
      ("--augment affine --elastic 5:36", ["--elastic goes with --augment elastic"]),
      ("--augment elastic --thickness 0.5", ["--thickness goes with --augment thickness"]),
      ("--augment affine --rotate 181", ["--rotate takes a number of 0 to 180"]),
      ("--augment affine --rotate -1", ["--rotate takes a number of 0 to 180"]),
      ("--augment affine --scale 1", ["--scale takes a number of 0 to 0.9"]),
      ("--augment affine --shift nan", ["--shift takes a number of 0 to 1000"]),
      ("--augment elastic --elastic 6", ["--elastic"]), ("--augment elastic --elastic 0:36", ["--elastic"]),
      ("--augment affine --no-augment", ["--augment affine and --no-augment exclude each other"]),
      ("--augment affine --augment elastic", ["--augment affine and --augment elastic exclude each other"]),
      ("--augment elastic --engine textbook", ["the textbook engine knows no --augment"]),
    ] {
      let result = try shell.run("\(Self.command) \(options)")
      expectFailure(result, 64)
      for part in parts { #expect(result.errors.contains(part), "\(options): \(result.errors)") }
    }
    try shell.write(
      Samples.features([[1, 2, 3], [4, 5, 6]], labels: [0, 1]), to: "features.safetensors")
    for command in ["nn-init 3 2 | nn-train -q --data", "mnist-prepare"] {
      expectFailure(
        try shell.run("\(command) features.safetensors --augment elastic -o x"), 65,
        contains: "holds features, and --augment is for pictures")
    }
  }
}
