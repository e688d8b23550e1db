// Files that hold named arrays.

extension NamedArrays {
  /// The arrays of NumPy's `.npz`: each is a `.npy` file in the archive.
  init(zip: Zip, limit: InflationLimit, of file: InputFile) throws {
    let names = zip.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    guard !names.isEmpty else {
      if let other = OtherDataFormat(zip) { throw other.refusal(of: file) }
      let listed = zip.names.prefix(4).joined(separator: ", ")
      throw file.malformed("is a zip file without arrays in it (\(listed)): if they are data, unpack it with unzip")
    }
    self.init(names: names) { name in
      try NPY.read(zip.contents(of: name + ".npy", limit: limit), of: file, name: name)
    }
  }
}

extension Safetensors {
  /// The tensors of a safetensors file from another program.
  func arrays(of file: InputFile) -> NamedArrays {
    NamedArrays(names: tensors.keys.sorted()) { name in
      let tensor = tensors[name]!
      guard let element = tensor.type.element else {
        throw file.malformed("tensor '\(name)' is of type \(tensor.type.rawValue), which is not read as data")
      }
      return .numbers(NumberArray(element, isBigEndian: false, shape: tensor.shape, bytes: tensor.bytes))
    }
  }
}

extension Safetensors.ElementType {
  fileprivate var element: NumberArray.Element? {
    switch self {
    case .u8, .bool: .uint8
    case .i8: .int8
    case .u16: .uint16
    case .i16: .int16
    case .u32: .uint32
    case .i32: .int32
    case .u64: .uint64
    case .i64: .int64
    case .f16: .float16
    case .bf16: .bfloat16
    case .f32: .float32
    case .f64: .float64
    default: nil
    }
  }
}
