import Foundation
import Testing

/// Parts of data sets and names of classes.
struct PartitionTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    try shell.makeDigits(30, seed: 1, name: "train")
  }

  @Test func emptyPartsOfASplit() throws {
    let result = try shell.run("mnist-prepare train.safetensors --split 30:0 -o all.safetensors -o none.safetensors")
    #expect(
      result.status == 0 && result.errors.hasSuffix("none.safetensors: 0 examples of 28 x 28 pixels in 0 classes\n"))
    #expect(try PlainSafetensors(shell.read("none.safetensors")).tensors["images"]?.shape == [0, 28, 28])
    try shell.output(of: "mnist-prepare -q train.safetensors --split 100%:0% -o a/ -o b/ && rmdir b")
    expectFailure(
      try shell.run("nn-init 784 10 | nn-train --data none.safetensors"), 65, contains: "none.safetensors: ",
      "no examples")
    expectFailure(try shell.run("mnist-prepare train.safetensors --take 0"), 64, contains: "--take 0 takes no examples")
    expectFailure(
      try shell.run("mnist-prepare train.safetensors --skip 30"), 65, contains: "--skip 30 leaves none of 30 examples")
  }

  @Test func newNamesOfClasses() throws {
    let labels = Samples.digits(30, seed: 1).labels.dropFirst(8)
    func prepared(_ map: String) throws -> PlainSafetensors {
      try PlainSafetensors(try shell.run("mnist-prepare -q train.safetensors --map \(map)").outputBytes)
    }
    #expect(try prepared("9=0,8=1").tensors["labels"]?.bytes == labels.map { $0 > 7 ? 9 - $0 : $0 })
    try shell.output(of: "mnist-prepare -q train.safetensors --map 0=10 -o ten.safetensors")
    #expect(
      try PlainSafetensors(shell.run("mnist-prepare -q ten.safetensors --map 10=0").outputBytes).tensors["labels"]?
        .bytes
        == Array(labels))
    let named = try prepared("0=even,2=even,4=even,6=even,8=even,1=odd,3=odd,5=odd,7=odd,9=odd")
    #expect(named.metadata["classes"] == "even odd" && named.tensors["labels"]?.bytes == labels.map { $0 % 2 })
    #expect(try prepared("3=three").metadata["classes"]?.hasSuffix(" 9 three") == true)
    expectFailure(
      try shell.run("mnist-prepare train.safetensors --map 12=0"), 65, contains: "has no class '12', but 0, 1, 2")
    for map in ["1", "1=", "=1", "1=2,1=3", "1=2,,3=4", "1=2=3"] {
      expectFailure(try shell.run("mnist-prepare train.safetensors --map \(map)"), 64, contains: "--map")
    }
    expectFailure(try shell.run("mnist-prepare train.images --map 1=0"), 65, contains: "has no labels", "--map")
  }

  @Test func folds() throws {
    let all = try table("mnist-prepare --synthetic 103 -q -o many.safetensors && mnist-prepare -q many.safetensors")
    var seen: [String] = []
    for fold in 1...4 {
      let own = try table("mnist-prepare -q many.safetensors --fold \(fold)/4")
      let others = try table("mnist-prepare -q many.safetensors --except-fold \(fold)/4")
      #expect(own.count == (fold == 4 ? 25 : 26) && own.count + others.count == 103)
      #expect(Set(own).isDisjoint(with: others) && others == all.filter { !own.contains($0) })
      for digit in 0...9 {
        let count = own.count { $0.hasPrefix("\(digit),") }
        #expect(2...3 ~= count)
      }
      seen += own
    }
    #expect(Set(seen) == Set(all) && seen.count == all.count)
    #expect(try table("mnist-prepare -q many.safetensors --fold 1/4") == Array(seen.prefix(26)))
    #expect(try table("mnist-prepare -q many.safetensors --fold 1/4 --seed 2") != Array(seen.prefix(26)))
    expectFailure(
      try shell.run("mnist-prepare train.safetensors --fold 1/31"), 65, contains: "fewer examples (30) than folds (31)")
    for fold in ["0/4", "5/4", "1/1", "1", "a/b", "1/4/2"] {
      expectFailure(try shell.run("mnist-prepare train.safetensors --fold \(fold)"), 64, contains: "--fold")
    }
    expectFailure(
      try shell.run("mnist-prepare train.safetensors --fold 1/4 --except-fold 1/4"), 64, contains: "exclude each other")
  }

  @Test func stratifiedSplit() throws {
    let all = try table("mnist-prepare --synthetic 200 -q -o many.safetensors && mnist-prepare -q many.safetensors")
    try shell.output(
      of: "mnist-prepare -q many.safetensors --split 80%:20% --stratify -o most.safetensors -o rest.safetensors")
    let (most, rest) = (
      try table("mnist-prepare -q most.safetensors"), try table("mnist-prepare -q rest.safetensors")
    )
    #expect(Set(most).union(rest) == Set(all) && most.count == 160 && rest.count == 40)
    #expect((0...9).allSatisfy { digit in rest.count { $0.hasPrefix("\(digit),") } == 4 })
    #expect(most == all.filter(most.contains) && rest == all.filter(rest.contains))
    expectFailure(
      try shell.run("mnist-prepare train.safetensors --stratify"), 64, contains: "--stratify goes with --split")
  }

  /// The lines of the table that a command's data file makes, without its header.
  private func table(_ command: String) throws -> [String] {
    try shell.output(of: "\(command) | mnist-prepare -q - --to csv").split(separator: "\n").dropFirst().map(String.init)
  }
}
