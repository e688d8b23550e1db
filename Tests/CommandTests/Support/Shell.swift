import Foundation

/// A fresh temporary directory, removed with the object; runs scripts in it as users do, with the built tools on PATH.
final class Shell {
  struct Result {
    /// As the shell tells it: 128 + n for a signal n.
    let status: Int32
    let errors: String
    let outputBytes: [UInt8]

    var output: String { String(decoding: outputBytes, as: UTF8.self) }
  }

  /// Where scripts run.
  let directory: String
  /// Holds `directory`, and beside it what scripts print.
  private let base: URL

  init() throws {
    base = FileManager.default.temporaryDirectory.appendingPathComponent("nn-tools-\(UUID().uuidString)")
    let folder = base.appendingPathComponent("work")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    directory = folder.path
  }

  deinit {
    try? FileManager.default.removeItem(at: base)
  }

  /// Runs a script by `sh -c` and waits for its end. Standard input is empty.
  @discardableResult
  func run(_ script: String, environment: [String: String] = [:]) throws -> Result {
    try start(script, environment: environment).wait()
  }

  /// A script that runs while the test goes on.
  final class Running {
    let process: Process
    private let output: URL
    private let errors: URL

    fileprivate init(_ process: Process, output: URL, errors: URL) {
      (self.process, self.output, self.errors) = (process, output, errors)
    }

    /// What no test waits for any more is not to outlive it.
    deinit {
      if process.isRunning { send(SIGKILL) }
    }

    func send(_ signal: Int32) {
      kill(process.processIdentifier, signal)
    }

    func wait() throws -> Result {
      process.waitUntilExit()
      let status = process.terminationStatus
      return Result(
        status: process.terminationReason == .uncaughtSignal ? 128 + status : status,
        errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
        outputBytes: [UInt8](try Data(contentsOf: output)))
    }
  }

  /// Starts a script by `sh -c`; `exec` in it makes signals reach the tool itself.
  func start(_ script: String, environment: [String: String] = [:]) throws -> Running {
    let tag = UUID().uuidString
    let (output, errors) = (base.appendingPathComponent("\(tag).out"), base.appendingPathComponent("\(tag).err"))
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.environment = Self.environment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try Self.withPlainSignals { try process.run() }
    return Running(process, output: output, errors: errors)
  }

  /// Children inherit what this thread blocks and this process ignores, and are to have what a user's shell gives.
  private static func withPlainSignals(_ body: () throws -> Void) rethrows {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    var (none, blocked) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    try body()
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
  }

  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
  }

  /// Whether a program is on PATH.
  static func has(_ program: String) -> Bool {
    let path = environment["PATH"] ?? ""
    return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  private static let environment = {
    var variables = ProcessInfo.processInfo.environment
    variables["PATH"] = "\(products):\(variables["PATH"] ?? "/usr/bin:/bin")"
    return variables
  }()

  /// The folder of the built executables: that of the test bundle, which runs us or is named to what runs us.
  private static let products = {
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      var url = URL(fileURLWithPath: argument)
      while url.pathExtension != "xctest", url.path != "/" { url.deleteLastPathComponent() }
      if url.path != "/" { return url.deletingLastPathComponent().path }
    }
    return Bundle.main.bundlePath
  }()
}
