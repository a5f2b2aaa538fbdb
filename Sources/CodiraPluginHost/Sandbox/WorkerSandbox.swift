import CSandbox
import CodiraModel
import Glibc

/// The kernel's layers around one worker, in two steps: as much as a loader needs, then as much as computing needs.
///
/// Everything of the plugin's, its constructors and its entry function included, runs after the first step.
struct WorkerSandbox {
  private let choice: SandboxChoice
  private let landlockVersion: Int?

  init(_ choice: SandboxChoice) {
    self.choice = choice
    landlockVersion = choice.layers.contains(.files) ? KernelSandbox.landlockVersion : nil
  }

  /// Leaves the right to read the libraries that `plugin` may need and to compute; what is in force then.
  func enter(plugin: String) -> SandboxReport {
    StoppedCall.tell()
    let isBound = codira_give_up_privileges() == 0
    let refusal = SandboxState.missing(reason: "privileges cannot be given up: \(systemMessage(errno))")
    let files = isBound ? restrictFiles(plugin) : refusal
    // Born inside the first layer; the second reaches all threads.
    WorkerRights.dieWithHost()
    // Who lets a plugin's calls through wants to see its threads too.
    if choice.layers.contains(.calls) { WorkerRights.limitProcesses() }
    let calls = isBound ? restrictCalls() : refusal
    return SandboxReport([.files: files, .calls: calls])
  }

  /// Takes the rights that only loading needed.
  ///
  /// Nobody asks whether it worked: code of the plugin's ran before, and could answer.
  func close() {
    if let landlockVersion { _ = FileRights(version: landlockVersion)?.enforce() }
    if choice.layers.contains(.calls) { _ = CallFilter.afterLoading()?.enforce() }
  }

  private func restrictFiles(_ plugin: String) -> SandboxState {
    guard choice.layers.contains(.files) else { return .off }
    guard let landlockVersion else { return .missing(reason: "this kernel has no Landlock") }
    guard let rights = FileRights(version: landlockVersion) else {
      return .missing(reason: "no ruleset can be made: \(systemMessage(errno))")
    }
    for path in RuntimeFiles.paths(forPlugin: plugin) { rights.allowReading(path) }
    return rights.enforce()
      ? .active(version: landlockVersion)
      : .missing(reason: "the ruleset cannot be enforced: \(systemMessage(errno))")
  }

  private func restrictCalls() -> SandboxState {
    guard choice.layers.contains(.calls) else { return .off }
    guard KernelSandbox.hasSeccompFilter else {
      return .missing(reason: "this kernel has no filters of system calls")
    }
    guard let filter = CallFilter.beforeLoading() else { return .missing(reason: "no filter can be made") }
    return filter.enforce()
      ? .active(version: 1) : .missing(reason: "the filter cannot be enforced: \(systemMessage(errno))")
  }
}
