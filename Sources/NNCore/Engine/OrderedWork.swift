import Synchronization

extension WorkerPool {
  /// Calls `produce` for each index below `total`, side by side, who is free taking the next; and `consume` with the
  /// results, in order and one at a time, each as soon as it and those before it are there.
  ///
  /// - Throws: what `consume` throws first; no more is begun then.
  public func forEachInOrder<Product>(
    _ total: Int, produce: (_ worker: Int, _ index: Int) -> Product, consume: (_ index: Int, Product) throws -> Void
  ) throws {
    let next = Atomic(0)
    let queue = OrderedQueue<Product>()
    run { worker in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < total, queue.error == nil else { break }
        queue.put(produce(worker, index), at: index)
        queue.drain(consume)
      }
    }
    if let error = queue.error { throw error }
  }
}

/// Results that came before their turn. Whoever brings one hands over all whose turn it is, unless another does so.
private final class OrderedQueue<Product> {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private var waiting: [Int: Product] = [:]
  private var turn = 0
  private var isDraining = false
  private var failure: (any Error)?

  init() {
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  var error: (any Error)? { locked { failure } }

  func put(_ product: Product, at index: Int) {
    locked { waiting[index] = product }
  }

  func drain(_ consume: (Int, Product) throws -> Void) {
    guard locked({ isDraining || failure != nil ? false : begin() }) else { return }
    while let (index, product) = locked({ takeNext() }) {
      do {
        try consume(index, product)
      } catch {
        locked { failure = error }
      }
    }
  }

  private func begin() -> Bool {
    isDraining = true
    return true
  }

  /// The result whose turn it is. Without one, draining has ended, before another can bring it.
  private func takeNext() -> (Int, Product)? {
    guard failure == nil, let product = waiting.removeValue(forKey: turn) else {
      isDraining = false
      return nil
    }
    turn += 1
    return (turn - 1, product)
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }
}
