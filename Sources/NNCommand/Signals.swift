import NNCore
import Synchronization

/// SIGINT, SIGTERM and SIGHUP, taken by a thread of their own where any code may run.
///
/// They end the process as they would anyhow, after what is half-written is gone. While `defers` is set the first of
/// them is only noted, for the work to come to a good end; a second one doesn't wait, unless it comes within a second:
/// GNU timeout signals the process and then its whole group, and that is one wish, not two.
package enum Signals {
  private static let deferring = Atomic(false)
  private static let received = Atomic<Int32>(0)
  /// A signal within this time of the noted one is its echo.
  private static let echoTime = Duration.seconds(1)

  /// To be called first, while there is only one thread. What was ignored by the parent's wish (`nohup`) stays ignored.
  static func install() {
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      sigaction(number, nil, &action)
      if !isIgnored(action) { sigaddset(&set, number) }
    }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    let waited = set
    Thread.start {
      var noted: ContinuousClock.Instant?
      while true {
        var set = waited
        var number: Int32 = 0
        guard sigwait(&set, &number) == 0 else { continue }
        let isFirst = received.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent)
          .exchanged
        if isFirst && deferring.load(ordering: .sequentiallyConsistent) {
          noted = .now
          continue
        }
        if let noted, .now - noted < echoTime { continue }
        TemporaryFiles.remove { die(of: number) }
      }
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// From now on the first signal is only noted.
  package static func `defer`() {
    deferring.store(true, ordering: .sequentiallyConsistent)
  }

  /// Whether a signal asks for an end and was put off; else its own thread is at work on that end.
  package static var isStopRequested: Bool {
    received.load(ordering: .relaxed) != 0 && deferring.load(ordering: .relaxed)
  }

  /// Dies of the signal that was put off, if there was one.
  static func finish() {
    let number = received.load(ordering: .sequentiallyConsistent)
    if number != 0 { die(of: number) }
  }

  /// Ends the process by a signal, as the shell expects to see it.
  static func die(of number: Int32) -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    kill(getpid(), number)
    // Not reached: the signal is delivered before kill returns to the only thread that doesn't block it.
    exit(128 + number)
  }
}
