import Foundation
import Testing

/// Pictures as mnist-prepare and nn-predict read them: in the same way.
struct PictureTests {
  private let shell: Shell

  init() throws {
    shell = try Shell()
    // Drawn digits are as MNIST's digits are.
    try shell.output(of: "mnist-prepare --synthetic 40 --seed 3 -q -o digits.safetensors")
  }

  private func images(_ name: String) throws -> [UInt8] {
    try #require(PlainSafetensors(shell.read(name)).tensors["images"]).bytes
  }

  @Test func digitsAsMNISTHoldsThemStay() throws {
    let result = try shell.run(
      """
      mnist-prepare digits.safetensors -q --to png -o pictures; mnist-prepare pictures -o back.safetensors
      mnist-prepare pictures --normalize -q -o forced.safetensors
      """)
    #expect(result.status == 0 && result.errors == "40 examples of 28 x 28 pixels in 10 classes\n")
    #expect(try images("back.safetensors") == images("digits.safetensors"))
    #expect(try images("forced.safetensors") != images("digits.safetensors"))
  }

  @Test(
    "Every digit of MNIST comes back from a PNG as it was",
    .enabled(if: ProcessInfo.processInfo.environment["MNIST_DIR"] != nil, "needs MNIST_DIR"))
  func everyDigitOfMNIST() throws {
    try shell.output(
      of: """
        mnist-prepare "$MNIST_DIR" --part test -q -o test.safetensors
        mnist-prepare test.safetensors -q --to png -o pictures && mnist-prepare pictures -q -o back.safetensors
        """)
    #expect(try images("back.safetensors") == images("test.safetensors"))
  }

  @Test func darkOnLightIsReadByBothTools() throws {
    let result = try shell.run(
      """
      mnist-prepare digits.safetensors -q --invert --to png -o dark; mnist-prepare dark -o back.safetensors
      mnist-prepare dark -q --raw -o raw.safetensors
      nn-init 784 32 10 | nn-train --data digits.safetensors -q --epochs 60 -o model.safetensors
      nn-predict model.safetensors dark >pictures.tsv; nn-predict model.safetensors --data back.safetensors >data.tsv
      cut -f 2,3 pictures.tsv >one; cut -f 2,3 data.tsv >two; cmp one two
      nn-predict model.safetensors --data digits.safetensors | cut -f 2 >straight; cut -f 1 two | paste straight - |
        awk '$1 == $2' | wc -l
      """)
    #expect(result.status == 0)
    #expect(
      result.errors.contains(
        "dark/: 40 of 40 pictures are of 28 x 28, but not as MNIST's are, and were normalized; --raw takes pictures as "
          + "they are\n"))
    #expect((Int(result.output.filter(\.isNumber)) ?? 0) >= 36)
    #expect(try images("raw.safetensors") == images("digits.safetensors").map { 255 - $0 })
  }

  @Test func colourAndAlphaOfTheSamePicture() throws {
    guard Python.hasPillow else { return }
    try shell.output(of: "mnist-prepare digits.safetensors -q --take 4 --to png -o grey")
    try Python.run(
      """
      import glob, os
      from PIL import Image
      for path in glob.glob('grey/*/*.png'):
          for mode in ('RGB', 'RGBA', 'P', 'LA'):
              new = path.replace('grey', mode)
              os.makedirs(os.path.dirname(new), exist_ok=True)
              Image.open(path).convert(mode).save(new)
      """, in: shell)
    try shell.output(of: "mnist-prepare grey -q -o grey.safetensors")
    for mode in ["RGB", "RGBA", "P", "LA"] {
      try shell.output(of: "mnist-prepare \(mode) -q -o \(mode).safetensors")
      #expect(try images("\(mode).safetensors") == images("grey.safetensors"), "\(mode)")
    }
  }

  @Test func whatIsSkippedIsTold() throws {
    try shell.output(
      of: """
        mnist-prepare digits.safetensors -q --take 4 --to png -o pictures; touch pictures/a.bmp pictures/b.gif
        nn-init 784 10 -o model.safetensors; mkdir none listed; touch none/a.bmp; cp pictures/*/*.png listed
        printf '%s\t3\n' 0.png 1.png >listed/labels.tsv
        """)
    let prepared = try shell.run("mnist-prepare pictures -o x.safetensors")
    #expect(
      prepared.errors
        == "pictures: 2 other files (a.bmp …) skipped: not PNG or JPEG\n4 examples of 28 x 28 pixels in 4 classes\n")
    let predicted = try shell.run("nn-predict model.safetensors pictures")
    #expect(
      predicted.status == 0 && predicted.errors == "pictures: 2 other files (a.bmp …) skipped: not PNG or JPEG\n"
        && predicted.output.split(separator: "\n").count == 4)
    #expect(try shell.run("nn-predict -q model.safetensors pictures").errors == "")
    expectFailure(try shell.run("mnist-prepare none"), 65, contains: "only 1 other file (a.bmp)")
    expectFailure(
      try shell.run("nn-predict model.safetensors none"), 65,
      contains: "no PNG or JPEG files, only 1 other file (a.bmp)")
    #expect(
      try shell.run("mnist-prepare listed -o x.safetensors").errors.hasPrefix(
        "listed: 2 other files (2.png …) skipped: not in labels.tsv\n"))
  }

  @Test func listsOfNames() throws {
    try shell.output(of: "mnist-prepare digits.safetensors -q --to png -o 'my pictures'")
    try shell.output(of: "find 'my pictures' -name '*.png' | sort >list; tr '\\n' '\\0' <list >list0")
    try shell.output(of: "sed 's/$/\\r/' list >windows; echo >>windows")
    let folder = try shell.output(of: "mnist-prepare 'my pictures' | mnist-prepare - --describe | sed 1d")
    for list in [
      "--files-from list", "--files-from - <list", "--files0-from list0", "-0 <list0", "--files-from windows",
    ] {
      let described = try shell.output(of: "mnist-prepare -q \(list) | mnist-prepare - --describe | sed 1d")
      #expect(described == folder, "\(list)")
    }
    #expect(folder.contains("class 9\t4"))
    #expect(
      try shell.output(of: "xargs -d '\\n' mnist-prepare -q <list | mnist-prepare - --describe | sed 1d") == folder)
    try shell.output(of: "nn-init 784 10 -o model.safetensors")
    let lines = try shell.output(of: "nn-predict model.safetensors -0 <list0")
    #expect(try shell.output(of: "nn-predict model.safetensors --files-from list") == lines)
    #expect(try shell.output(of: "nn-predict --files-from - --model model.safetensors <windows") == lines)
    expectFailure(try shell.run("mnist-prepare -0 <list"), 65, contains: "holds line feeds", "--files-from")
    expectFailure(try shell.run("mnist-prepare --files-from list0"), 65, contains: "holds a NUL", "--files0-from")
    expectFailure(try shell.run("mnist-prepare --files-from list x.idx"), 64, contains: "not both")
    expectFailure(try shell.run("mnist-prepare --files-from /dev/null"), 65, contains: "/dev/null: names no inputs")
    expectFailure(try shell.run("mnist-prepare -0 --files-from list"), 64, contains: "exclude each other")
  }

  @Test func theModelIsAnOperandToo() throws {
    try shell.output(
      of: """
        nn-init 784 10 -o 'my model'; nn-init 784 10 --seed 2 -o other.safetensors
        mnist-prepare digits.safetensors -q --take 3 --to png -o pictures
        """)
    let one = try shell.output(of: "nn-predict --model 'my model' pictures")
    #expect(try shell.output(of: "nn-predict 'my model' pictures") == one)
    #expect(try shell.output(of: "nn-predict pictures <'my model'") == one)
    #expect(try shell.output(of: "find pictures -name '*.png' -print0 | sort -z | nn-predict 'my model' -0") != "")
    let both = try shell.output(of: "nn-predict --model 'my model' --model other.safetensors pictures")
    #expect(try shell.output(of: "nn-predict 'my model' other.safetensors pictures") == both)
    let data = try shell.output(of: "nn-predict --model 'my model' --data digits.safetensors")
    #expect(try shell.output(of: "nn-predict 'my model' --data digits.safetensors") == data)
    expectFailure(try shell.run("nn-predict 'my model'"), 64, contains: "Name pictures")
  }

  @Test func networkOfATableReadsPictures() throws {
    try shell.output(
      of: """
        mnist-prepare digits.safetensors -q --take 3 --to png -o pictures
        mnist-prepare digits.safetensors -o t.csv -q; sed '2,$s/,\\([0-9]*\\)/,\\1.5/g' t.csv >t2.csv
        mnist-prepare t2.csv -q -o table.safetensors
        nn-init 784 10 | nn-train --data table.safetensors -q --epochs 1 -o model.safetensors
        """)
    for option in ["", "--raw", "--normalize", "--show"] {
      let result = try shell.run("nn-predict model.safetensors \(option) pictures")
      #expect(result.status == 0 && result.errors == "")
    }
    try shell.output(of: "nn-init 100 10 -o ten.safetensors")
    expectFailure(
      try shell.run("nn-predict ten.safetensors pictures"), 65,
      contains: "takes pictures of 10 x 10", "--raw takes pictures of the model's own size")
  }
}
