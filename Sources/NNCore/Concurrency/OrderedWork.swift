extension WorkerPool {
  /// Calls `produce` for each index below `total` in parallel, a free worker taking the next index; and `consume` with
  /// the results in order, one at a time, each result as soon as it and all results before it are there.
  ///
  /// - Throws: the first error of `consume`, after which no more items are begun.
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

  /// Calls `produce` in parallel for each item that `next` gives, until it gives nil; and `consume` with the results in
  /// the items' order, one at a time, each result as soon as it and all results before it are there.
  ///
  /// At most one thread at a time is in `next`, and at most one in `consume`.
  ///
  /// - Parameter most: the maximum number of items that are begun and not yet consumed.
  /// - Throws: the first error of `consume`, after which no more items are begun.
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

/// Results that wait for their turn. A worker that brings a result consumes all results whose turn it is, unless
/// another worker is doing so.
private final class OrderedQueue<Product> {
  /// Held while the next item is fetched, which may take any time.
  private let source = Lock()
  private var begun = 0
  private var isAtEnd = false
  /// Guards the properties below.
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

  /// The next item and its number; nil if there is none, or work has failed.
  func take<Item>(_ next: () -> Item?) -> (Int, Item)? {
    source.locked {
      // The item whose turn it is has been begun, by a worker that doesn't wait here.
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

  /// The result whose turn it is. If it isn't there, consuming ends, before another worker can bring it.
  private func takeTurn() -> Product? {
    guard failure == nil, let product = waiting.removeValue(forKey: turn) else {
      isDraining = false
      return nil
    }
    turn += 1
    return product
  }
}
