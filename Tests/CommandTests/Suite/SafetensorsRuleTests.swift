import Testing

/// Each rule of the strict reader, on data and on models, from files and from pipes.
struct SafetensorsRuleTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.write(Samples.features([[1, 0], [0, 1]], labels: [0, 1]), to: "data.safetensors")
    try shell.write(Samples.model(weights: [[1, 0], [0, 1]], biases: [0, 0]), to: "model.safetensors")
  }

  @Test(arguments: SafetensorsViolation.all)
  func isRefused(_ violation: SafetensorsViolation) throws {
    try shell.write(violation.file, to: "bad")
    for command in ["nn-eval model.safetensors --data bad", "nn-eval bad --data data.safetensors"] {
      expectFailure(try shell.run(command), 65, contains: "nn-eval: bad: ", violation.message)
    }
    for command in ["nn-eval model.safetensors --data -", "nn-eval --data data.safetensors"] {
      expectFailure(try shell.run("cat bad | \(command)"), 65, contains: "nn-eval: standard input: ", violation.message)
    }
  }

  /// What the format allows, however it looks.
  @Test(arguments: [
    #"{"__metadata__":METADATA,"labels":LABELS,"features":FEATURES}"#,
    #"{"features":FEATURES,"labels":LABELS,"__metadata__":METADATA}       "#,
    "{ \"lab\\u0065ls\" : LABELS , \n\t\"features\"\r\n: FEATURES, \"__metadata__\":METADATA } ",
    #"{"":{"dtype":"F64","shape":[0,7],"data_offsets":[0,0]},"labels":LABELS,"features":FEATURES,"#
      + #""é😀\ud83d\ude00":{"shape":[0],"data_offsets":[18,18],"dtype":"BF16"},"__metadata__":METADATA}"#,
  ])
  func isAccepted(_ template: String) throws {
    let expected = try shell.output(of: "nn-eval model.safetensors --data data.safetensors")
    let values = [
      "METADATA": #"{"format":"nn-data","version":"1"}"#,
      "LABELS": #"{"dtype":"U8","shape":[2],"data_offsets":[0,2]}"#,
      "FEATURES": #"{"data_offsets":[2,18],"dtype":"F32","shape":[2,2]}"#,
    ]
    let header = values.reduce(template) { $0.replacing($1.key, with: $1.value) }
    // Whatever the header's length, so that floats stand at every alignment.
    for padding in 0..<4 {
      let data: [UInt8] = [0, 1] + Samples.floats([1, 0, 0, 1])
      try shell.write(Samples.safetensors(header + String(repeating: " ", count: padding), data), to: "odd")
      #expect(try shell.output(of: "nn-eval model.safetensors --data odd") == expected)
      #expect(try shell.output(of: "cat odd | nn-eval model.safetensors --data -") == expected)
    }
  }

  @Test func unalignedModel() throws {
    let expected = try shell.output(of: "nn-eval model.safetensors --data data.safetensors")
    let header = #"""
      {"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
      "0.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]}}
      """#
    for padding in 0..<8 {
      let file = Samples.safetensors(
        header + String(repeating: " ", count: padding), Samples.floats([0, 0, 1, 0, 0, 1]))
      try shell.write(file, to: "odd")
      #expect(try shell.output(of: "nn-eval odd --data data.safetensors") == expected)
      #expect(try shell.output(of: "cat odd | nn-eval --data data.safetensors") == expected)
    }
  }

  @Test func eachInThePlaceOfTheOther() throws {
    expectFailure(
      try shell.run("nn-eval data.safetensors --data data.safetensors"), 65,
      contains: "data.safetensors: is a data file, not a model")
    expectFailure(
      try shell.run("nn-eval model.safetensors --data model.safetensors"), 65,
      contains: "model.safetensors: is a model, not a data file")
    expectFailure(
      try shell.run("nn-predict --model data.safetensors --data data.safetensors"), 65,
      contains: "is a data file, not a model")
    expectFailure(
      try shell.run("nn-train --resume model.safetensors --data data.safetensors"), 65,
      contains: "model.safetensors: is a model without 'checkpoint.step': not a checkpoint")
  }
}
