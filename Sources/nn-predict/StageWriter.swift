import NNCommand
import NNCore

/// Writes the normalization stages of one picture as PNG files.
struct StageWriter {
  private let folder: String
  private var count = 0
  /// The first error. It is kept because an observer of stages can't throw.
  private(set) var failure: (any Error)?

  init(_ folder: String) {
    self.folder = folder
    if folder.withFileName({ mkdir($0, 0o777) }) != 0 { failure = FileError.system(.cannotCreate, file: folder) }
  }

  mutating func write(_ stage: String, _ picture: GreyPicture) {
    write(stage, picture.pixels, width: picture.width, height: picture.height)
  }

  /// Writes `NUMBER-STAGE.png`.
  mutating func write(_ stage: String, _ pixels: [UInt8], width: Int, height: Int) {
    guard failure == nil, width > 0, height > 0 else { return }
    count += 1
    do {
      let output = try Output(following: "\(folder)/\(count)-\(stage).png", appending: false)
      try output.write(Bytes(PNG.encode(grey: pixels, width: width, height: height)))
      try output.commit()
    } catch {
      failure = error
    }
  }
}
