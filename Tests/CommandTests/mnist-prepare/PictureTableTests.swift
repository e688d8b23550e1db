import Testing

/// Tables that name pictures and their labels.
@Suite struct PictureTableTests {
  private let shell: Shell
  private let wanted: [String: PlainSafetensors.Tensor]

  init() throws {
    shell = try Shell()
    try shell.makeDigits(3, seed: 4, name: "three")
    try shell.output(
      of: """
        mnist-prepare -q three.images --to png -o plain; mkdir -p set/pictures
        cp plain/0.png 'set/pictures/a b.png'; cp plain/1.png set/pictures/1.PNG; cp plain/2.png set/two.png
        """)
    wanted = try PlainSafetensors(shell.read("three.safetensors")).tensors
  }

  /// The labels of the three pictures.
  private var labels: [UInt8] { wanted["labels"]!.bytes }

  private func table(_ header: String, _ line: String) -> String {
    let names = ["pictures/a b.png", "pictures/1.PNG", "two.png"]
    let lines = zip(names, labels).map { line.replacing("NAME", with: $0).replacing("LABEL", with: "\($1)") }
    return ([header] + lines).filter { !$0.isEmpty }.joined(separator: "\n") + "\n"
  }

  @Test(
    arguments: [
      ("", "NAME,LABEL", ""), ("", "LABEL,NAME", ""), ("", "NAME\tLABEL", ""), ("file,label", "NAME,LABEL", ""),
      ("label;image", "LABEL;NAME", ""), ("id,path,split,digit", "17,NAME,train,LABEL", ""),
      (",file,label", "0,NAME,LABEL", ""), ("", "\"NAME\",\"LABEL\"", ""),
      ("path,author,kind", "NAME,me,LABEL", "--label-column kind"), ("", "NAME,x,LABEL", "--label-column last"),
      ("", "NAME,x,LABEL", "--label-column 3"),
    ])
  func labelled(_ header: String, _ line: String, _ options: String) throws {
    try shell.write(Array(table(header, line).utf8), to: "set/all.csv")
    #expect(
      try PlainSafetensors(shell.run("mnist-prepare -q --raw set/all.csv \(options)").outputBytes).tensors == wanted)
    // Relative to the table's folder, from wherever; from a pipe, to the working folder.
    let piped = try shell.run("cd set && gzip <all.csv | mnist-prepare -q --raw - \(options)")
    #expect(try PlainSafetensors(piped.outputBytes).tensors == wanted)
  }

  @Test func absolutePathsAndOtherTables() throws {
    try shell.output(of: "printf '%s,5\\n' \"$PWD/set/two.png\" >one.csv; printf 'set/two.png,6\\n' >other.csv")
    let file = try PlainSafetensors(shell.run("mnist-prepare -q --raw one.csv other.csv").outputBytes)
    #expect(file.tensors["labels"]?.bytes == [5, 6] && file.tensors["images"]?.shape == [2, 28, 28])
    let bare = try PlainSafetensors(shell.run("mnist-prepare -q --raw one.csv --label-column none").outputBytes)
    #expect(bare.tensors["labels"] == nil)
  }

  @Test func faults() throws {
    for (text, status, message) in [
      ("file,label\ntwo.png,1\n\nnone.png,2\n", Int32(66), "all.csv: line 4: 'none.png' is not there"),
      ("two.png,1\ntwo.png\n", 65, "all.csv: line 2: has 1 fields"),
      ("two.png,0.5\n", 65, "all.csv: line 1: label '0.5' is not a whole number or a name"),
    ] {
      try shell.write(Array(text.utf8), to: "set/all.csv")
      expectFailure(try shell.run("mnist-prepare set/all.csv"), status, contains: message)
    }
    try shell.write(Array("two.png,1\n".utf8), to: "set/all.csv")
    for (option, message) in [("7", "no column 7"), ("kind", "no column 'kind'"), ("1-2", "taken from one column")] {
      expectFailure(try shell.run("mnist-prepare set/all.csv --label-column \(option)"), 65, contains: message)
    }
  }
}
