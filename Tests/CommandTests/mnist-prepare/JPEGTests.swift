import Foundation
import Testing

/// JPEGs wherever PNGs may be.
struct JPEGTests {
  private let shell: Shell
  private let tensors: [String: PlainSafetensors.Tensor]

  init() throws {
    shell = try Shell()
    let path = "\(Project.root)/Tests/Fixtures/jpeg.safetensors"
    tensors = try PlainSafetensors([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))).tensors
  }

  private func write(_ name: String, to path: String) throws {
    try shell.write(#require(tensors[name + "/file"]).bytes, to: path)
  }

  private func images(_ command: String) throws -> PlainSafetensors.Tensor? {
    try PlainSafetensors(shell.run(command).outputBytes).tensors["images"]
  }

  @Test(.enabled(if: TurboJPEG.isInstalled))
  func aloneInFoldersAndByName() throws {
    let wanted = tensors["turned-1/pixels"]
    let pixels = try #require(wanted).bytes
    try shell.output(of: "mkdir folder folder/3 folder/7 listed")
    try write("turned-1", to: "folder/3/1.jpg")
    try write("turned-1", to: "folder/7/2.JPEG")
    #expect(try images("mnist-prepare -q --raw folder/3/1.jpg")?.bytes == pixels)
    #expect(try images("mnist-prepare -q --raw - <folder/3/1.jpg")?.shape == [1, 18, 30])
    #expect(try images("gzip <folder/3/1.jpg | mnist-prepare -q --raw -")?.bytes == pixels)
    #expect(try images("mnist-prepare -q --tile 9x15 --raw folder/3/1.jpg")?.shape == [4, 9, 15])
    for inputs in ["folder", "folder/3/1.jpg folder/7/2.JPEG", "--from jpeg folder/3/1.jpg folder/7/2.JPEG"] {
      let file = try PlainSafetensors(shell.run("mnist-prepare -q --raw \(inputs)").outputBytes)
      #expect(file.tensors["images"]?.bytes == pixels + pixels, "\(inputs)")
      #expect(file.tensors["labels"]?.bytes == [3, 7], "\(inputs)")
    }
    // Beside PNGs, in the order of their numbers, and in lists that leave out the endings.
    try shell.output(
      of: """
        mnist-prepare -q --raw folder/3/1.jpg --to png -o made; cp made/0.png listed/10.png
        cp folder/3/1.jpg listed/9.jpg; cp folder/3/1.jpg listed/8.jpeg
        printf '9,4\\n10,5\\n8.jpeg,6\\n' >listed/labels.csv
        """)
    let listed = try PlainSafetensors(shell.run("mnist-prepare -q --raw listed").outputBytes)
    #expect(listed.tensors["images"]?.bytes == pixels + pixels + pixels)
    #expect(listed.tensors["labels"]?.bytes == [4, 5, 6])
  }

  @Test(.enabled(if: TurboJPEG.isInstalled))
  func faults() throws {
    let file = try #require(tensors["rgb-420/file"]).bytes
    try shell.write(Array(file.prefix(file.count - 100)), to: "half.jpg")
    try write("rgb-420", to: "whole.jpg")
    expectFailure(try shell.run("mnist-prepare --raw half.jpg"), 65, contains: "half.jpg: damaged JPEG: Premature end")
    expectFailure(
      try shell.run("mnist-prepare whole.jpg --max-pixels 99"), 65,
      contains: "whole.jpg: is of 43 x 29 pixels, more than the 99 that --max-pixels allows")
    try shell.output(of: "mkdir folder; cp half.jpg whole.jpg folder")
    expectFailure(try shell.run("mnist-prepare --raw folder"), 65, contains: "folder/half.jpg: damaged JPEG")
    expectFailure(
      try shell.run("nn-eval whole.jpg --data whole.jpg"), 65,
      contains: "whole.jpg: is jpeg, not a data file: 'mnist-prepare")
  }

  #if os(Linux)
    /// Something in the library's place that is none stands for a machine without it.
    @Test func withoutTheLibrary() throws {
      try shell.output(of: "mkdir empty; echo none >empty/libturbojpeg.so.0; nn-init 784 10 -o model.safetensors")
      try write("grey", to: "1.jpg")
      for command in [
        "mnist-prepare 1.jpg", "mnist-prepare - <1.jpg", "nn-predict model.safetensors 1.jpg 1.jpg",
        "cat 1.jpg | nn-predict model.safetensors -",
      ] {
        let result = try shell.run("export LD_LIBRARY_PATH=empty; \(command)")
        expectFailure(result, 69, contains: "is a JPEG", "apt install libturbojpeg0", "brew install jpeg-turbo")
        #expect(result.errors.split(separator: "\n").count == 1, "\(command)")
      }
    }
  #endif

  @Test(.enabled(if: TurboJPEG.isInstalled && Python.hasPillow))
  func predictionsAreThoseOfPNGs() throws {
    try shell.makeModelAndPictures()
    try shell.output(of: "mkdir jpegs")
    try Python.run(
      """
      import glob, os
      from PIL import Image
      for path in sorted(glob.glob('pictures/*.png')):
          name = os.path.basename(path)[:-4]
          picture = Image.open(path)
          picture.convert('RGB').save(f'jpegs/{name}.jpg', quality=97, subsampling=0)
          exif = Image.Exif()
          exif[0x0112] = 8
          picture.transpose(Image.Transpose.ROTATE_270).save(f'jpegs/{name}-turned.jpeg', quality=97, exif=exif)
      """, in: shell)
    func digits(_ command: String) throws -> [String] { try table(shell.output(of: command)).map { $0[1] } }
    let wanted = try digits("nn-predict --raw model.safetensors pictures")
    #expect(try digits("nn-predict --raw model.safetensors jpegs/*[0-9].jpg") == wanted)
    #expect(try digits("nn-predict --raw model.safetensors jpegs/*-turned.jpeg") == wanted)
    #expect(
      try digits("cat jpegs/*[0-9].jpg pictures/00.png | nn-predict --raw model.safetensors -") == wanted + [wanted[0]])
    #expect(try digits("ls jpegs/*[0-9].jpg | nn-predict --raw model.safetensors --files-from -") == wanted)
    #expect(try digits("nn-predict model.safetensors jpegs").count == 2 * wanted.count)
    #expect(
      try digits("nn-predict --segment model.safetensors jpegs/00.jpg")
        == digits("nn-predict --segment model.safetensors pictures/00.png"))
    try shell.output(of: "nn-predict model.safetensors jpegs/00.jpg --show-stages stages")
    #expect(try shell.output(of: "ls stages") == "00\n")
  }

  /// Digits as MNIST has them stay as they are, although compression has spoilt the black around them.
  @Test(.enabled(if: TurboJPEG.isInstalled && Python.hasPillow))
  func normalizedDigitsStay() throws {
    try shell.output(of: "mnist-prepare -q --synthetic 20 -o drawn.safetensors; mkdir jpegs colours")
    try shell.output(of: "mnist-prepare -q drawn.safetensors --to png -o drawn")
    try Python.run(
      """
      import glob, os
      from PIL import Image
      for path in sorted(glob.glob('drawn/*/*.png')):
          name = path.replace('/', '_')[6:-4]
          Image.open(path).save(f'jpegs/{name}.jpg', quality=80)
          Image.open(path).convert('RGB').save(f'colours/{name}.jpg', quality=80)
      """, in: shell)
    for folder in ["jpegs", "colours"] {
      let result = try shell.run("mnist-prepare \(folder)")
      #expect(result.status == 0 && !result.errors.contains("normalized"), "\(result.errors)")
      #expect(
        try PlainSafetensors(result.outputBytes).tensors
          == PlainSafetensors(shell.run("mnist-prepare -q --raw \(folder)").outputBytes).tensors)
    }
  }
}
