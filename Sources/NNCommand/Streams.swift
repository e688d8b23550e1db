import NNCore

/// The three standard streams at the start.
enum Streams {
  /// Puts something unusable in the place of a stream that is closed, so that no file opened later takes its number;
  /// and lets writes to a closed pipe fail instead of ending the process before it can clean up.
  static func prepare() {
    for (descriptor, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
    where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", mode)
    }
    signal(SIGPIPE, SIG_IGN)
  }
}
