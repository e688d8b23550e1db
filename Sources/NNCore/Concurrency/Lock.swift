/// A mutex with a condition variable.
final class Lock: Sendable {
  nonisolated(unsafe) private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  nonisolated(unsafe) private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  nonisolated(unsafe) private var waiters = 0

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  func locked<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      if waiters > 0 { pthread_cond_broadcast(changed) }
      pthread_mutex_unlock(mutex)
    }
    return body()
  }

  /// Waits until `condition` holds. It is evaluated under the lock.
  func wait(until condition: () -> Bool) {
    pthread_mutex_lock(mutex)
    waiters += 1
    while !condition() { pthread_cond_wait(changed, mutex) }
    waiters -= 1
    pthread_mutex_unlock(mutex)
  }
}
