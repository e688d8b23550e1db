/// Small mnist.pkl files as Python 2 wrote them, by hand.
enum PickleSamples {
  /// Three parts of 2 + part pictures of 2 x 2 and their labels.
  static let parts: [(pixels: [UInt8], labels: [UInt8])] = (0..<3).map { part in
    let places = 0..<4 * (2 + part)
    return (places.map { UInt8(37 * ($0 + part + 1) % 256) }, (0..<2 + part).map { UInt8($0 + part) })
  }

  /// An array of NumPy: pixels are k/256 as 32-bit floats, labels 64-bit integers.
  private struct Numbers {
    let shape: [Int]
    let type: String
    let bytes: [UInt8]
  }

  private static let arrays: [[Numbers]] = parts.map { part in
    let (count, pixels) = (part.labels.count, part.pixels.map { Float($0) / 256 })
    let labels = part.labels.flatMap { Samples.littleEndian(Int64($0)) }
    return [
      Numbers(shape: [count, 4], type: "f4", bytes: Samples.floats(pixels)),
      Numbers(shape: [count], type: "i8", bytes: labels),
    ]
  }

  /// The Latin-1 bytes of a text.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8($0.value) }
  }

  /// Of protocol 2: strings hold the bytes.
  static let binary: [UInt8] = {
    var pickle = bytes("\u{80}\u{2}")
    for pair in arrays {
      for array in pair {
        pickle += bytes("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u{85}U\u{1}b\u{87}R(K\u{1}")
        for size in array.shape { pickle += [UInt8(ascii: "K"), UInt8(size)] }
        pickle += bytes(array.shape.count == 1 ? "\u{85}" : "\u{86}")
        pickle += bytes("cnumpy\ndtype\nU\u{2}\(array.type)K\0K\u{1}\u{87}R(K\u{3}U\u{1}<NNN")
        pickle += bytes("J\u{ff}\u{ff}\u{ff}\u{ff}J\u{ff}\u{ff}\u{ff}\u{ff}K\0tb\u{89}T")
        pickle += Samples.littleEndian(Int32(array.bytes.count)) + array.bytes + bytes("tb")
      }
      pickle += bytes("\u{86}")
    }
    return pickle + bytes("\u{87}.")
  }()

  /// Of protocol 0: text, with the bytes escaped.
  static let text: [UInt8] = {
    var pickle = "("
    for pair in arrays {
      pickle += "("
      for array in pair {
        pickle += "cnumpy.core.multiarray\n_reconstruct\np1\n(cnumpy\nndarray\np2\n(I0\ntp3\nS'b'\np4\ntp5\nRp6\n(I1\n("
        for size in array.shape { pickle += "I\(size)\n" }
        pickle +=
          "tp7\ncnumpy\ndtype\np8\n(S'\(array.type)'\nI0\nI1\ntp9\nRp10\n(I3\nS'<'\nNNNI-1\nI-1\nI0\ntp11\nbI00\nS'"
        for byte in array.bytes { pickle += (byte < 16 ? "\\x0" : "\\x") + String(byte, radix: 16) }
        pickle += "'\ntp12\nb"
      }
      pickle += "t"
    }
    return bytes(pickle + "t.")
  }()
}
