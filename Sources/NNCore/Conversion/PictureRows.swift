/// Collects pictures of the same size.
struct PictureRows: ~Copyable {
  private var bytes: BytesBuilder
  private(set) var shape: PictureShape?
  private var count = 0
  /// The number of pictures of MNIST's size that were normalized nevertheless.
  private var redrawnCount = 0

  /// - Parameter count: the expected number of pictures.
  init(count: Int) {
    bytes = BytesBuilder(capacity: count * DigitNormalizer.side * DigitNormalizer.side)
  }

  /// - Throws: `FileError` of kind `badData` if the picture's size differs from the first one's.
  mutating func append(_ picture: DigitPicture, of name: String) throws {
    let own = PictureShape(rows: picture.rows, columns: picture.columns)
    if let shape, shape != own {
      throw FileError(
        .badData, file: name,
        "is of \(own.columns) x \(own.rows) pixels, and those before it are of \(shape.columns) x \(shape.rows)")
    }
    shape = own
    count += 1
    if picture.isRedrawn { redrawnCount += 1 }
    try bytes.append(picture.pixels)
  }

  /// The number of pictures that a thread takes at a time, because handing over one takes as long as decoding a small
  /// picture.
  static let blockLength = 32

  /// Decodes pictures in parallel and appends them in order.
  ///
  /// - Parameters:
  ///   - count: the number of all pictures, for `report`.
  ///   - next: gives the next pictures to decode, `blockLength` at most; nil after the last.
  ///   - decode: decodes the picture at a place, counted from 0.
  ///   - name: what the picture at a place is called in errors.
  /// - Throws: what `next` and `decode` throw, and as `append(_:of:)`.
  mutating func append<Item>(
    of count: Int, pool: WorkerPool, report: (_ done: Int, _ total: Int) -> Void,
    from next: () throws -> ArraySlice<Item>?,
    decode: (_ worker: Int, _ place: Int, Item) throws -> DigitPicture, name: (_ place: Int) -> String
  ) throws {
    var begun = 0
    var damage: (any Error)?
    try pool.forEachInOrder(ahead: 16 * pool.count) { () -> (place: Int, items: ArraySlice<Item>)? in
      do {
        guard let items = try next() else { return nil }
        defer { begun += items.count }
        return (begun, items)
      } catch {
        damage = error
        return nil
      }
    } produce: { worker, block in
      (block.place, Result { try block.items.enumerated().map { try decode(worker, block.place + $0, $1) } })
    } consume: { place, pictures in
      for (index, picture) in try pictures.get().enumerated() { try append(picture, of: name(place + index)) }
      report(place, count)
    }
    if let damage { throw damage }
  }

  /// A note on the pictures of MNIST's size that are not as MNIST's digits are; nil if there are none.
  func note(of source: String) -> DataNote? {
    let side = DigitNormalizer.side
    return redrawnCount == 0
      ? nil
      : DataNote(
        of: source,
        "\(redrawnCount) of \(count) pictures are of \(side) x \(side), but not as MNIST's are, and were "
          + "normalized", remedy: .keepPictures)
  }

  /// - Precondition: there is at least one picture.
  consuming func inputs() throws -> Dataset.Inputs {
    let shape = shape!
    return .pixels(try bytes.finish(), rows: shape.rows, columns: shape.columns)
  }
}
