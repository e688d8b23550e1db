import Foundation
import Testing

/// Real MNIST, in the folder that the variable MNIST_DIR names.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil, "needs MNIST_DIR"))
struct CourseTests {
  private let shell = try! Shell()

  /// As the course printed them, every 100 iterations.
  static let losses = [
    2.4226241048304775, 2.1292323423312847, 1.8760947564824266, 1.6042132244730083, 1.350204536803862,
    1.1448228494356374,
    0.9905542667759047, 0.8766025334898652, 0.7911535190077748, 0.7254406997477258, 0.6734850291229587,
    0.6313860694104011,
    0.5965977628039367, 0.567341866039229, 0.5423464215753165, 0.5207456905987501, 0.5018651659516107,
    0.48520475803885665,
    0.4703683263776521, 0.4570539270284739,
  ]

  @Test func courseRun() throws {
    try shell.output(
      of: """
        mnist-prepare -q "$MNIST_DIR/mnist.pkl.gz" --part train --take 5000 -o train5k.safetensors &&
          mnist-prepare -q "$MNIST_DIR/mnist.pkl.gz" --part test -o test.safetensors &&
          nn-init 784 45 10 --init normal --std 0.1 --seed 2 |
          nn-train -q --data train5k.safetensors --optimizer sgd --batch-size full --iterations 2000 \
            --learning-rate 0.0075 --log loss.tsv --log-every 100 -o course.safetensors
        """)
    let rows = table(String(decoding: try shell.read("loss.tsv"), as: UTF8.self)).dropFirst()
    #expect(rows.map { Int($0[0]) } == (0..<20).map { 100 * $0 })
    for (row, loss) in zip(rows, Self.losses) { #expect(isClose(try #require(Double(row[2])), loss, relative: 1e-5)) }
    for (data, accuracy) in [("train5k", 0.8774), ("test", 0.8674)] {
      let values = values(try shell.output(of: "nn-eval course.safetensors --data \(data).safetensors"))
      #expect(abs(try #require(values["accuracy"]) - accuracy) < 0.001)
    }
  }

  @Test func textbookBeginsAlike() throws {
    try shell.output(
      of: """
        mnist-prepare -q "$MNIST_DIR/mnist.pkl.gz" --part train --take 5000 -o train5k.safetensors &&
          nn-init 784 45 10 --init normal --std 0.1 --seed 2 |
          nn-train -q --engine textbook --data train5k.safetensors --batch-size full --iterations 1 \
            --learning-rate 0.0075 --log loss.tsv --log-every 100 -o course.safetensors
        """)
    let rows = table(String(decoding: try shell.read("loss.tsv"), as: UTF8.self))
    #expect(isClose(try #require(Double(rows[1][2])), Self.losses[0], relative: 1e-9))
  }

  @Test func oneEpochOfAll() throws {
    let output = try shell.output(
      of: """
        mnist-prepare -q "$MNIST_DIR" --part train -o train.safetensors &&
          mnist-prepare -q "$MNIST_DIR" --part test -o test.safetensors &&
          nn-init 784 128 10 --seed 1 | nn-train -q --data train.safetensors --epochs 1 |
          nn-eval --data test.safetensors
        """)
    #expect(values(output)["examples"] == 10000)
    #expect(try #require(values(output)["accuracy"]) > 0.94)
  }

  /// The same digits by both ways that MNIST is spread; mnist.pkl.gz keeps the last 10,000 of 60,000 for validation.
  @Test func bothSourcesHoldTheSame() throws {
    for (part, place) in [
      ("train", "--part train --take 50000"), ("validation", "--part train --skip 50000"), ("test", "--part test"),
    ] {
      let script = "mnist-prepare -q \"$MNIST_DIR/mnist.pkl.gz\" --part \(part)"
      let (pickled, plain) = (
        try shell.run(script).outputBytes, try shell.run("mnist-prepare -q \"$MNIST_DIR\" \(place)").outputBytes
      )
      let (one, other) = (try PlainSafetensors(pickled), try PlainSafetensors(plain))
      #expect(
        one.tensors == other.tensors && one.tensors["images"]?.shape == [part == "train" ? 50000 : 10000, 28, 28])
      #expect(one.metadata["scale"] == "1/256" && other.metadata["scale"] == "1/255")
    }
  }
}
