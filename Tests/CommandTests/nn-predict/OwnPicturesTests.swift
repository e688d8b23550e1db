import Foundation
import Testing

/// Pictures of MNIST's test digits, large and small, dark on light and light on dark, are read as well as the data.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil, "needs MNIST_DIR"))
struct OwnPicturesTests {
  @Test func picturesAreReadAsWellAsTheData() throws {
    let shell = try Shell()
    try shell.output(
      of: """
        mnist-prepare -q "$MNIST_DIR" --part train -o train.safetensors &&
          mnist-prepare -q "$MNIST_DIR" --part test --take 2000 -o test.safetensors &&
          nn-init 784 128 10 | nn-train -q --data train.safetensors --epochs 3 --augment -o model.safetensors
        """)
    let accuracy = try #require(
      values(try shell.output(of: "nn-eval model.safetensors --data test.safetensors"))["accuracy"])
    for (folder, options) in [
      ("same", ""), ("inverted", "--invert"), ("twice", "--resize 56x56"),
      ("large", "--resize 280x280 --invert --take 500"),
    ] {
      let answers = table(
        try shell.output(
          of: """
            mnist-prepare -q test.safetensors \(options) --to png -o \(folder) &&
              nn-predict --model model.safetensors \(folder)
            """))
      // FOLDER/CLASS/NUMBER.png
      let right = answers.count { $0[0].split(separator: "/")[1] == $0[1] }
      #expect(answers.count >= 500)
      #expect(Double(right) / Double(answers.count) > accuracy - 0.01, "\(options)")
    }
  }
}
