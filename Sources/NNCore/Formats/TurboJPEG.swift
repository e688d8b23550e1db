/// libjpeg-turbo by its TurboJPEG interface (https://libjpeg-turbo.org), in version 2, which version 3 has too.
///
/// The library is loaded when the first JPEG comes, so that the tools are built without it, and run without it as long
/// as there are no JPEGs.
struct TurboJPEG: Sendable {
  /// The size and colours of a picture, from its header.
  struct Header {
    let width: Int
    let height: Int
    let colors: Colors
  }

  /// The colour spaces of JPEG files, numbered as `TJCS`.
  enum Colors: Int32 {
    case rgb, ycbcr, grey, cmyk, ycck
  }

  /// The order of samples in memory, numbered as `TJPF`.
  enum Form: Int32 {
    case grey = 6
    case rgba = 7
    case cmyk = 11

    /// Samples of a pixel.
    var width: Int { self == .grey ? 1 : 4 }
  }

  /// What the library says of a picture that it can't decode, or not without a warning.
  struct Fault: Error {
    let description: String
  }

  /// The library; nil where it isn't installed.
  static let installed = TurboJPEG()

  private typealias Handle = UnsafeMutableRawPointer
  private typealias Input = UnsafePointer<UInt8>
  private typealias Size = UnsafeMutablePointer<Int32>

  private typealias Samples = UnsafeMutablePointer<UInt8>
  private typealias Initialize = @convention(c) () -> Handle?
  private typealias ReadHeader = @convention(c) (Handle, Input, UInt, Size, Size, Size, Size) -> Int32
  private typealias Decompress =
    @convention(c) (
      Handle, Input, UInt, Samples, _ width: Int32, _ pitch: Int32, _ height: Int32, _ form: Int32, _ flags: Int32
    ) -> Int32
  private typealias ErrorText = @convention(c) (Handle) -> UnsafePointer<CChar>?
  private typealias Destroy = @convention(c) (Handle) -> Int32

  private let initialize: Initialize
  private let readHeader: ReadHeader
  private let decompress: Decompress
  private let errorText: ErrorText
  private let destroy: Destroy

  /// The names of the library; macOS doesn't search the folders of Homebrew and MacPorts.
  #if canImport(Darwin)
    private static let names = ["", "/opt/homebrew/lib/", "/usr/local/lib/", "/opt/local/lib/"].map {
      $0 + "libturbojpeg.dylib"
    }
  #else
    private static let names = ["libturbojpeg.so.0"]
  #endif

  private init?() {
    guard let library = Self.names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
      let initialize = dlsym(library, "tjInitDecompress"),
      let readHeader = dlsym(library, "tjDecompressHeader3"),
      let decompress = dlsym(library, "tjDecompress2"),
      let errorText = dlsym(library, "tjGetErrorStr2"),
      let destroy = dlsym(library, "tjDestroy")
    else { return nil }
    self.initialize = unsafeBitCast(initialize, to: Initialize.self)
    self.readHeader = unsafeBitCast(readHeader, to: ReadHeader.self)
    self.decompress = unsafeBitCast(decompress, to: Decompress.self)
    self.errorText = unsafeBitCast(errorText, to: ErrorText.self)
    self.destroy = unsafeBitCast(destroy, to: Destroy.self)
  }

  /// Reads the header of a picture.
  func header(of bytes: Bytes) throws(Fault) -> Header {
    try withDecompressor(of: bytes) { handle, input, count throws(Fault) in
      var (width, height, subsampling, colors): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
      guard readHeader(handle, input, count, &width, &height, &subsampling, &colors) == 0 else {
        throw fault(handle)
      }
      guard width > 0, height > 0, let colors = Colors(rawValue: colors) else {
        throw Fault(description: "unknown colours")
      }
      return Header(width: Int(width), height: Int(height), colors: colors)
    }
  }

  /// Decodes a picture to its samples, row by row. Warnings, such as that of data that end early, are errors here.
  func samples(of bytes: Bytes, _ header: Header, as form: Form) throws(Fault) -> [UInt8] {
    try withDecompressor(of: bytes) { handle, input, count throws(Fault) in
      // Refuses pictures of so many scans that decoding them would take minutes.
      let limitScans: Int32 = 32768
      let room = header.width * header.height * form.width
      var status: Int32 = 0
      let samples = [UInt8](unsafeUninitializedCapacity: room) { target, filled in
        status = decompress(
          handle, input, count, target.baseAddress!, Int32(header.width), Int32(header.width * form.width),
          Int32(header.height), form.rawValue, limitScans)
        filled = status == 0 ? room : 0
      }
      guard status == 0 else { throw fault(handle) }
      return samples
    }
  }

  private func withDecompressor<Result>(
    of bytes: Bytes, _ body: (Handle, Input, UInt) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    guard let handle = initialize() else { throw Fault(description: "no memory to decode it") }
    defer { _ = destroy(handle) }
    return try bytes.withUnsafeBytes { memory in
      Swift.Result { () throws(Fault) in
        guard let input = memory.bindMemory(to: UInt8.self).baseAddress else { throw Fault(description: "no data") }
        return try body(handle, input, UInt(memory.count))
      }
    }.get()
  }

  private func fault(_ handle: Handle) -> Fault {
    Fault(description: errorText(handle).map { String(cString: $0) } ?? "unknown error")
  }
}
