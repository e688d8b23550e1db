import Testing

extension Shell {
  /// Makes a trained model of 28 x 28, `model.safetensors`, and the folder `pictures` of twelve digits; the examples
  /// are those of `twelve.safetensors`.
  func makeModelAndPictures() throws {
    try makeDigits(300)
    try output(
      of: """
        nn-init 784 24 10 | nn-train -q --data data.safetensors --epochs 8 --batch-size 16 -o model.safetensors &&
          mnist-prepare -q data.images --take 12 --to png -o pictures &&
          mnist-prepare -q data.images --take 12 -o twelve.safetensors
        """)
  }

  /// Writes a PNG of one grey.
  func makeBlank(_ name: String, grey: UInt8 = 200) throws {
    try write(Samples.idx(8, [1, 28, 28], Array(repeating: grey, count: 784)), to: "blank.images")
    try output(
      of:
        "mnist-prepare -q blank.images --to png -o blank.d && mv blank.d/0.png \(name) && rmdir blank.d && rm blank.images"
    )
  }
}
