/// Why one file has no artifacts; the next file is served as if nothing had happened.
package enum AnalysisFailure: Error, Hashable, Sendable {
  /// The analyzer said so.
  case failed(message: String)
  /// The worker died; `output` is the end of what it wrote to standard error.
  case crashed(signal: Int32, output: String)
  /// A system call that no worker may make, by its name; the kernel did not execute it.
  case forbiddenCall(name: String)
  /// The analyzer ended the process.
  case exited(status: Int32)
  /// It did so before it had any file: while it loaded or made its instance.
  case notStarted(reason: String)
  /// The analyzer failed on too many files in a row and is asked no more (`Quarantine`).
  case setAside(SetAsideAnalyzer)
  case timedOut(cpuSeconds: Double)
  case tooMuchOutput(limit: Int)
  case outOfMemory(limit: Int)
  /// What the analyzer reported breaks the contract: what, and where.
  case protocolViolation(detail: String)
  /// The analyzer says that the file is not its own.
  case notMine
  /// The pool was stopped.
  case stopped
  /// No instance could be made: the plugin no longer loads, or `create` gave none.
  case unavailable(reason: String)

  /// A short word for programs, the same for the same bytes.
  package var code: String {
    switch self {
    case .failed: "failed"
    case .crashed: "crashed"
    case .forbiddenCall: "forbidden_call"
    case .exited: "exited"
    case .notStarted: "not_started"
    case .setAside: Self.setAsideCode
    case .timedOut: "timed_out"
    case .tooMuchOutput: "too_much_output"
    case .outOfMemory: "out_of_memory"
    case .protocolViolation: "protocol_violation"
    case .notMine: "not_mine"
    case .stopped: "stopped"
    case .unavailable: "unavailable"
    }
  }

  /// The word for a file that was not tried: it says nothing of the file.
  package static let setAsideCode = "set_aside"

  /// Whether the file's bytes decide it: a later run need not try again until they or the analyzer change.
  package var isLasting: Bool {
    switch self {
    case .timedOut, .stopped, .unavailable, .setAside: false
    default: true
    }
  }
}

extension AnalysisFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .failed(let message): message.isEmpty ? "the analyzer failed and gave no reason" : message
    case .crashed(let signal, let output):
      "the analyzer crashed with signal \(signal) (\(signalName(signal)))"
        + (output.isEmpty ? "" : ": \(output)")
    case .notStarted(let reason): "the analyzer cannot start: \(reason)"
    case .setAside(let analyzer): "the analyzer \(analyzer.id) is set aside: \(analyzer.cure)"
    case .forbiddenCall(""): "the analyzer made a system call that workers may not"
    case .forbiddenCall(let name): "the analyzer made the system call \(name), which workers may not"
    case .exited(let status): "the analyzer ended its process with status \(status)"
    case .timedOut(let seconds): "the analyzer took more than \(seconds) s of processor time"
    case .tooMuchOutput(let limit): "the analyzer reported more than the \(limit) bytes this source may give"
    case .outOfMemory(let limit): "the analyzer needed more than \(limit >> 20) MiB of memory"
    case .protocolViolation(let detail): "the analyzer broke the contract: \(detail)"
    case .notMine: "the analyzer says the file is not its own"
    case .stopped: "stopped"
    case .unavailable(let reason): "the analyzer is unavailable: \(reason)"
    }
  }
}
