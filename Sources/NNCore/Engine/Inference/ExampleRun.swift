/// Some examples, one after the other, for a worker to make ready for the first layer.
struct ExampleRun {
  /// Their places in the data.
  let places: UnsafePointer<Int>
  /// Where their pixels are; nil if they are in the data.
  let pixels: UnsafePointer<UnsafePointer<UInt8>>?
  let count: Int

  func pixels(_ row: Int, of inputs: NetworkInputs) -> UnsafePointer<UInt8> {
    pixels?[row] ?? inputs.pixels(places[row])
  }
}
