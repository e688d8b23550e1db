import Testing

/// Parquet files in the library of others, and what becomes of damaged ones.
struct ParquetTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(1200)
  }

  @Test(.enabled(if: Python.hasPyArrow && Python.hasPillow && Python.hasSafetensors, "needs pyarrow and Pillow"))
  func picturesAsHuggingFaceHasThem() throws {
    try shell.output(of: "mnist-prepare -q data.safetensors --map 3=three -o named.safetensors")
    try shell.output(of: "mnist-prepare -q named.safetensors -o digits.parquet")
    try Python.run(
      """
      import io, json
      import numpy as np
      import pyarrow as pa
      import pyarrow.parquet as pq
      from PIL import Image
      from safetensors.numpy import load_file
      file = pq.ParquetFile("digits.parquet")
      assert file.metadata.num_row_groups == 2
      table = file.read()
      assert table.schema.field("image").type == pa.struct([("bytes", pa.binary()), ("path", pa.string())])
      assert table.schema.field("label").type == pa.int64()
      features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
      names = features["label"]["names"]
      assert features["image"] == {"_type": "Image"} and sorted(names) == [*"012456789", "three"]
      data = load_file("named.safetensors")
      pictures = [np.asarray(Image.open(io.BytesIO(row["bytes"]))) for row in table.column("image").to_pylist()]
      assert np.array_equal(np.stack(pictures), data["images"])
      assert np.array_equal(table.column("label").to_numpy(), data["labels"])
      """, in: shell)
    try shell.output(of: "mnist-prepare -q --raw digits.parquet -o again.safetensors")
    let (again, named) = (
      try PlainSafetensors(shell.read("again.safetensors")), try PlainSafetensors(shell.read("named.safetensors"))
    )
    #expect(again.tensors == named.tensors && again.metadata["classes"] == named.metadata["classes"])
  }

  @Test(.enabled(if: Python.hasPyArrow, "needs pyarrow"))
  func aColumnForEachFeature() throws {
    let rows: [[Float]] = [[0.5, -1.25, 3e-9], [1e20, 0, 255]]
    try shell.write(Samples.features(rows, labels: [2, 0]), to: "features.safetensors")
    try shell.output(of: "mnist-prepare -q features.safetensors -o features.parquet")
    try Python.run(
      """
      import numpy as np
      import pyarrow.parquet as pq
      table = pq.read_table("features.parquet").to_pydict()
      assert list(table) == ["feature0", "feature1", "feature2", "label"] and table["label"] == [2, 0]
      assert np.array_equal(np.float32([table[name] for name in list(table)[:3]]).T,
                            np.float32([[0.5, -1.25, 3e-9], [1e20, 0, 255]]))
      """, in: shell)
  }

  @Test func withoutLabels() throws {
    try shell.output(
      of: """
        mnist-prepare -q data.images -o plain.parquet; mnist-prepare -q --raw plain.parquet -o a.safetensors
        mnist-prepare -q data.images -o b.safetensors
        """)
    let (a, b) = (try PlainSafetensors(shell.read("a.safetensors")), try PlainSafetensors(shell.read("b.safetensors")))
    #expect(a.tensors == b.tensors && a.tensors.keys.sorted() == ["images"])
  }

  @Test func cutShort() throws {
    try shell.output(of: "mnist-prepare -q data.safetensors -o whole.parquet; head -c 20000 whole.parquet >cut.parquet")
    expectFailure(
      try shell.run("mnist-prepare cut.parquet -o cut.safetensors"), 65, contains: "cut.parquet", "damaged or cut off")
  }
}
