import Foundation

/// The project that these tests belong to.
enum Project {
  /// The folder that holds Package.swift.
  static let root = URL(fileURLWithPath: #filePath + "/../../../..").standardized.path
}
