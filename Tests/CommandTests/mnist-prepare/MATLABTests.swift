import Testing

/// MATLAB files in SciPy.
struct MATLABTests {
  private let shell: Shell

  init() throws { shell = try Shell() }

  @Test(.enabled(if: Python.hasSciPy && Python.hasSafetensors, "needs SciPy"))
  func pictures() throws {
    try shell.makeDigits(120)
    try shell.output(of: "mnist-prepare -q data.safetensors --map 3=three -o named.safetensors")
    try shell.output(of: "mnist-prepare -q named.safetensors -o digits.mat")
    try Python.run(
      """
      import numpy as np
      import scipy.io
      from safetensors.numpy import load_file
      ours, data = scipy.io.loadmat("digits.mat"), load_file("named.safetensors")
      assert ours["images"].dtype == np.uint8 and ours["images"].shape == (28, 28, 120)
      assert np.array_equal(np.moveaxis(ours["images"], 2, 0), data["images"])
      assert ours["labels"].shape == (120, 1) and np.array_equal(ours["labels"].ravel(), data["labels"])
      assert sorted(name.strip() for name in ours["classes"]) == [*"012456789", "three"]
      scipy.io.savemat("theirs.mat", {name: ours[name] for name in ["images", "labels"]}, do_compression=True)
      """, in: shell)
    let named = try PlainSafetensors(shell.read("named.safetensors"))
    let again = try PlainSafetensors(shell.run("mnist-prepare -q digits.mat").outputBytes)
    #expect(again.tensors == named.tensors && again.metadata["classes"] == named.metadata["classes"])
    #expect(try PlainSafetensors(shell.run("mnist-prepare -q theirs.mat").outputBytes).tensors == named.tensors)
  }

  @Test(.enabled(if: Python.hasSciPy, "needs SciPy"))
  func features() throws {
    let rows: [[Float]] = [[0.5, -1.25, 3e-9], [1e20, 0, 255]]
    try shell.write(Samples.features(rows, labels: [2, 200]), to: "features.safetensors")
    try shell.output(of: "mnist-prepare -q features.safetensors -o features.mat")
    try Python.run(
      """
      import numpy as np
      import scipy.io
      ours = scipy.io.loadmat("features.mat")
      assert np.array_equal(ours["features"], np.float32([[0.5, -1.25, 3e-9], [1e20, 0, 255]]))
      assert ours["labels"].tolist() == [[2], [200]]
      """, in: shell)
  }
}
