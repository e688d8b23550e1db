import Foundation
import Testing

/// Our files in the libraries of others, and theirs in our tools.
struct PythonTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(100)
    try shell.output(of: "nn-init 784 24 16 10 --seed 5 -o start.safetensors")
  }

  @Test(.enabled(if: Python.hasSafetensors, "needs safetensors and NumPy"))
  func dataFile() throws {
    try shell.write(
      Samples.idx(13, [2, 3], [0.5, -1, 2.25, 3, 0.1, 7].flatMap { Samples.bigEndian(Float($0).bitPattern) }),
      to: "floats")
    try shell.output(of: "mnist-prepare -q floats -o floats.safetensors")
    try Python.run(
      """
      import numpy as np
      from safetensors import safe_open
      from safetensors.numpy import load_file
      data = load_file("data.safetensors")
      assert sorted(data) == ["images", "labels"]
      assert data["images"].dtype == np.uint8 and data["labels"].dtype == np.uint8
      assert np.array_equal(data["images"], np.fromfile("data.images", np.uint8)[16:].reshape(100, 28, 28))
      assert np.array_equal(data["labels"], np.fromfile("data.labels", np.uint8)[8:])
      with safe_open("data.safetensors", "np") as file:
        assert file.metadata()["format"] == "nn-data" and file.metadata()["scale"] == "1/255"
      features = load_file("floats.safetensors")["features"]
      assert np.array_equal(features, np.array([[0.5, -1, 2.25], [3, 0.1, 7]], np.float32))
      """, in: shell)
  }

  /// Byte for byte what the reference would write of the same.
  @Test(.enabled(if: Python.hasSafetensors, "needs safetensors and NumPy"))
  func writtenAsTheReferenceWrites() throws {
    try shell.output(
      of:
        "nn-train -q start.safetensors --data data.safetensors --epochs 1 -o model.safetensors --checkpoint checkpoint")
    try Python.run(
      """
      import json
      from safetensors import safe_open
      from safetensors.numpy import load_file, save
      for name in ["data.safetensors", "start.safetensors", "model.safetensors", "checkpoint"]:
        ours = open(name, "rb").read()
        theirs = save(load_file(name))
        start = lambda data: 8 + int.from_bytes(data[:8], "little")
        header = lambda data: json.loads(data[8:start(data)])
        mine = header(ours)
        del mine["__metadata__"]
        assert mine == header(theirs) and list(mine) == list(header(theirs))
        assert start(ours) % 8 == 0 and ours[start(ours):] == theirs[start(theirs):]
      """, in: shell)
  }

  @Test(.enabled(if: Python.hasSafetensors, "needs safetensors and NumPy"))
  func filesOfTheReference() throws {
    try Python.run(
      """
      import numpy as np
      from safetensors.numpy import load_file, save_file
      data, model = load_file("data.safetensors"), load_file("start.safetensors")
      about = {"version": "1", "format": "nn-data"}
      save_file({"labels": data["labels"], "images": data["images"]}, "their-data", about)
      features = (data["images"].reshape(100, 784) / np.float32(255)).astype(np.float32)
      wide = data["labels"].astype(np.uint16)
      save_file({"labels": wide, "extra": np.zeros((1,), np.bool_), "features": features}, "their-features", about)
      save_file(dict(reversed(model.items())), "their-model")
      save_file(model, "their-torch-model", {"format": "pt"})
      """, in: shell)
    let expected = try shell.output(of: "nn-eval start.safetensors --data data.safetensors")
    for model in ["start.safetensors", "their-model", "their-torch-model"] {
      #expect(try shell.output(of: "nn-eval \(model) --data their-data") == expected)
      #expect(try shell.output(of: "cat their-data | nn-eval \(model) --data -") == expected)
      let features = values(try shell.output(of: "nn-eval \(model) --data their-features"))
      #expect(features["accuracy"] == values(expected)["accuracy"])
      #expect(isClose(try #require(features["loss"]), try #require(values(expected)["loss"]), relative: 1e-6))
    }
  }

  @Test(.enabled(if: Python.hasPyTorch, "needs PyTorch and safetensors"))
  func modelInPyTorch() throws {
    try shell.output(
      of: """
        nn-train -q start.safetensors --data data.safetensors --epochs 3 -o model.safetensors
        nn-predict --model model.safetensors --data data.safetensors --json --top 10 >answers
        """)
    try Python.run(
      """
      import json, torch
      from safetensors.torch import load_file
      from torch.nn import Linear, ReLU, Sequential
      network = Sequential(Linear(784, 24), ReLU(), Linear(24, 16), ReLU(), Linear(16, 10))
      network.load_state_dict(load_file("model.safetensors"))
      images = load_file("data.safetensors")["images"].reshape(-1, 784).double() / 255
      expected = network.double()(images).softmax(1)
      answers = [json.loads(line) for line in open("answers")]
      assert len(answers) == 100
      for row, answer in enumerate(answers):
        assert answer["file"] == str(row) and answer["digit"] == answer["top"][0]["digit"]
        assert int(answer["digit"]) == int(expected[row].argmax())
        for item in answer["top"]:
          assert abs(item["probability"] - float(expected[row, int(item["digit"])])) < 1e-5
      """, in: shell)
  }

  /// Ten steps of each optimiser, as we and as PyTorch call it.
  private static let optimizers = [
    ("--optimizer sgd", "SGD(p, 0.01)"), ("--optimizer sgd --weight-decay 0.1", "SGD(p, 0.01, weight_decay=0.1)"),
    ("--optimizer momentum", "SGD(p, 0.01, momentum=0.9)"), ("--optimizer adam", "Adam(p, 0.01)"),
    ("--optimizer adam --beta1 0.8 --beta2 0.99 --epsilon 1e-6", "Adam(p, 0.01, (0.8, 0.99), 1e-6)"),
    ("--optimizer adamw", "AdamW(p, 0.01)"),
    ("--optimizer adamw --weight-decay 0.3", "AdamW(p, 0.01, weight_decay=0.3)"),
  ]

  @Test(.enabled(if: Python.hasPyTorch, "needs PyTorch and safetensors"))
  func stepsOfPyTorch() throws {
    for (index, (options, _)) in Self.optimizers.enumerated() {
      try shell.output(
        of: """
          nn-train -q start.safetensors --data data.safetensors \(options) --learning-rate 0.01 --no-shuffle \
            --batch-size 30 --iterations 10 -o model\(index)
          """)
    }
    try Python.run(
      """
      import torch
      from safetensors.torch import load_file
      from torch.nn import Linear, ReLU, Sequential
      data = load_file("data.safetensors")
      images, labels = data["images"].reshape(-1, 784).float() / 255, data["labels"].long()
      optimizers = [\(Self.optimizers.map { "lambda p: torch.optim.\($0.1)" }.joined(separator: ", "))]
      for index, optimizer in enumerate(optimizers):
        network = Sequential(Linear(784, 24), ReLU(), Linear(24, 16), ReLU(), Linear(16, 10))
        network.load_state_dict(load_file("start.safetensors"))
        optimizer = optimizer(network.parameters())
        for step in range(10):
          places = slice(step % 4 * 30, step % 4 * 30 + 30)
          optimizer.zero_grad()
          torch.nn.functional.cross_entropy(network(images[places]), labels[places]).backward()
          optimizer.step()
        ours = load_file(f"model{index}")
        for name, value in network.state_dict().items():
          worst = (value - ours[name]).abs().max().item()
          assert worst < 1e-5, (index, name, worst)
      """, in: shell)
  }
}
