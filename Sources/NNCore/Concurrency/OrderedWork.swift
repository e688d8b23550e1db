extension WorkerPool {
  /// Calls `produce` for each index below `total`, side by side, who is free taking the next; and `consume` with the
  /// results, in order and one at a time, each as soon as it and those before it are there.
  ///
  /// - Throws: what `consume` throws first; no more is begun then.
  package func forEachInOrder<Product>(
    _ total: Int, produce: (_ worker: Int, _ index: Int) -> Product, consume: (_ index: Int, Product) throws -> Void
  ) throws {
    var next = 0
    try forEachInOrder {
      next += 1
      return next <= total ? next - 1 : nil
    } produce: { worker, index in
      (index, produce(worker, index))
    } consume: { index, product in
      try consume(index, product)
    }
  }

  /// Calls `produce` for each of the items that `next` gives until it gives none, side by side; and `consume` with the
  /// results, in the items' order and one at a time, each as soon as it and those before it are there.
  ///
  /// `next` and `consume` are never called by two threads at a time, but by one each.
  ///
  /// - Parameter most: items that may be begun and not be consumed yet, however many there are.
  /// - Throws: what `consume` throws first; no more is begun then.
  package func forEachInOrder<Item, Product>(
    ahead most: Int = 4096, of next: () -> Item?, produce: (_ worker: Int, Item) -> Product,
    consume: (Product) throws -> Void
  ) throws {
    let queue = OrderedQueue<Product>(mostAhead: most)
    run { worker in
      while let (index, item) = queue.take(next) {
        queue.put(produce(worker, item), at: index)
        queue.drain(consume)
      }
    }
    if let error = queue.error { throw error }
  }
}

/// Results that came before their turn. Whoever brings one hands over all whose turn it is, unless another does so.
private final class OrderedQueue<Product> {
  /// Is held while the next item is fetched, which may take as long as it likes.
  private let source = Lock()
  private var begun = 0
  private var isAtEnd = false
  /// Guards all below.
  private let lock = Lock()
  private var waiting: [Int: Product] = [:]
  private var turn = 0
  private var isDraining = false
  private var failure: (any Error)?

  /// Items that may be begun before the first of them is consumed.
  private let mostAhead: Int

  init(mostAhead: Int) {
    self.mostAhead = mostAhead
  }

  var error: (any Error)? { lock.locked { failure } }

  /// The next item and its number; nil if there is none, or no more is wanted.
  func take<Item>(_ next: () -> Item?) -> (Int, Item)? {
    source.locked {
      // The one whose turn it is has been begun, by somebody who doesn't wait here.
      lock.wait { failure != nil || begun - turn < mostAhead }
      guard !isAtEnd, error == nil, let item = next() else {
        isAtEnd = true
        return nil
      }
      begun += 1
      return (begun - 1, item)
    }
  }

  func put(_ product: Product, at index: Int) {
    lock.locked { waiting[index] = product }
  }

  func drain(_ consume: (Product) throws -> Void) {
    guard lock.locked({ isDraining || failure != nil ? false : begin() }) else { return }
    while let product = lock.locked({ takeTurn() }) {
      do {
        try consume(product)
      } catch {
        lock.locked { failure = error }
      }
    }
  }

  private func begin() -> Bool {
    isDraining = true
    return true
  }

  /// The result whose turn it is. Without one, draining has ended, before another can bring it.
  private func takeTurn() -> Product? {
    guard failure == nil, let product = waiting.removeValue(forKey: turn) else {
      isDraining = false
      return nil
    }
    turn += 1
    return product
  }
}
