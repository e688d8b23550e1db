import Foundation

/// The library by which the tools read JPEGs, which the machine may lack.
enum TurboJPEG {
  static let isInstalled = names.contains { dlopen($0, RTLD_NOW) != nil }

  #if canImport(Darwin)
    private static let names = ["", "/opt/homebrew/lib/", "/usr/local/lib/"].map { $0 + "libturbojpeg.dylib" }
  #else
    private static let names = ["libturbojpeg.so.0"]
  #endif
}
