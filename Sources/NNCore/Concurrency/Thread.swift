/// Threads of the system that run as long as the process or a pool.
package enum Thread {
  /// Runs `body` on a new thread, which nobody joins.
  package static func start(_ body: @escaping @Sendable () -> Void) {
    final class Start: Sendable {
      let body: @Sendable () -> Void
      init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    let argument = Unmanaged.passRetained(Start(body)).toOpaque()
    #if canImport(Darwin)
      var thread: pthread_t?
      let status = pthread_create(&thread, nil, { run($0) }, argument)
      let started = thread
    #else
      var thread = pthread_t()
      let status = pthread_create(&thread, nil, { run($0!) }, argument)
      let started: pthread_t? = thread
    #endif
    func run(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
      Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }
    guard status == 0, let started else {
      fatalError("the system gave no thread: \(String(cString: strerror(status)))")
    }
    pthread_detach(started)
  }
}
