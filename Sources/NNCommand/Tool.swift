import ArgumentParser
import NNCore
import NNKernelDispatch

/// One of the five commands: parses, runs, and ends with the right status and at most one line about why.
package protocol Tool: ParsableCommand {
  var common: CommonOptions { get }
  /// The files that the command line names.
  var files: NamedFiles { get }
  /// Whether -o may be given more than once.
  static var takesSeveralOutputs: Bool { get }
  /// The options whose value may be left out, and the value that they then get.
  static var optionalValues: [String: String] { get }
  /// Does the work, once the options are known to be sound.
  func execute() throws
}

extension Tool {
  package var files: NamedFiles { NamedFiles(outputs: [("-o", common.output)]) }
  package static var takesSeveralOutputs: Bool { false }
  package static var optionalValues: [String: String] { [:] }

  package static var name: String { configuration.commandName ?? _commandName }

  /// Name and version, as they stand in the files a tool makes.
  package static var signature: String { "\(name) \(toolVersion)" }

  package static func main() {
    Streams.prepare()
    Signals.install()
    do {
      let declared = CommandArgument.all(of: self)
      if let script = try CompletionScript.asked(by: arguments, command: name, declared) {
        return try writeCompletions(script)
      }
      let tool = try parse(CommandLineReader.read(arguments, arguments: declared))
      if let fault = KernelChoice.fault { throw Failure(.unavailable, fault) }
      try tool.files.check()
      try tool.execute()
      Signals.finish()
    } catch {
      end(with: error)
    }
  }

  private static func writeCompletions(_ script: String) throws {
    let output = try Output(nil)
    try output.write(line: script)
    try output.commit()
  }

  /// The words of the command line after the tool's name, whose bytes need not be UTF-8.
  private static var arguments: [String] {
    // Without as much as a name of its own, a process has none.
    (0..<Int(CommandLine.argc)).dropFirst().map { place in
      let argument = CommandLine.unsafeArgv[place]!
      return FileName.text(UnsafeRawBufferPointer(start: argument, count: strlen(argument)))
    }
  }

  /// Says why and exits.
  private static func end(with error: any Error) -> Never {
    TemporaryFiles.remove()
    switch error {
    case is ClosedPipe: Signals.die(of: SIGPIPE)
    case let error as FileError: fail(ExitStatus(error.kind), error.line)
    case let error as Failure: fail(error.status, "\(error)")
    case let error as TrainingDiverged: fail(.diverged, error.line)
    case let error as AlreadyReported: endProcess(error.status.rawValue)
    default: endParsing(with: error)
    }
  }

  /// Help and the like were asked for, or the command line is wrong.
  private static func endParsing(with error: any Error) -> Never {
    switch exitCode(for: error) {
    case .success:
      do {
        let output = try Output(nil)
        try output.write(line: fullMessage(for: error))
        try output.commit()
        endProcess(0)
      } catch let failure as FileError {
        fail(ExitStatus(failure.kind), failure.line)
      } catch {
        Signals.die(of: SIGPIPE)
      }
    case .validationFailure:
      let lines = message(for: error).split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
      fail(.usage, lines.joined(separator: " ") + " (see '\(name) --help')")
    default:
      fail(.internalError, "\(error)")
    }
  }

  private static func fail(_ status: ExitStatus, _ message: String) -> Never {
    complain(message)
    endProcess(status.rawValue)
  }

  /// Writes a line about a failure to standard error.
  package static func complain(_ message: String) {
    // What a file holds may be quoted in it, and is not to reach the terminal as control characters.
    StandardError.write("\(name): \(message.withoutControls)\n")
  }
}

/// `exit`, which within a `ParsableCommand` means something else.
private func endProcess(_ status: Int32) -> Never {
  exit(status)
}

/// The version of the whole suite.
package let toolVersion = "0.1.0"
