/// Why a plugin is not used.
package enum PluginRefusal: Error, Hashable, Sendable {
  case notFound
  case notAFile
  /// Somebody else could change it: which file or folder, and why.
  case untrusted(path: String, reason: String)
  case unreadable(errno: Int32)
  case notELF(found: String)
  case notSharedObject(type: UInt16)
  case wrongMachine(found: String, expected: String)
  case noEntrySymbol
  /// The loader's own words.
  case loaderFailed(message: String)
  case entryReturnedNull
  case abiOutsideWindow(found: UInt32, oldest: UInt32, newest: UInt32)
  case malformedDescriptor(field: String, detail: String)
  case crashed(signal: Int32, output: String)
  /// A system call that no worker may make; the kernel did not execute it.
  case forbiddenCall(name: String)
  case exited(status: Int32)
  case hung(cpuSeconds: Double)
  /// No worker could be started, or it did not speak as one.
  case workerFailed(detail: String)

  /// A short word for programs.
  package var code: String {
    switch self {
    case .notFound: "not_found"
    case .notAFile: "not_a_file"
    case .untrusted: "untrusted"
    case .unreadable: "unreadable"
    case .notELF: "not_elf"
    case .notSharedObject: "not_shared_object"
    case .wrongMachine: "wrong_machine"
    case .noEntrySymbol: "no_entry_symbol"
    case .loaderFailed: "loader_failed"
    case .entryReturnedNull: "entry_returned_null"
    case .abiOutsideWindow: "abi_outside_window"
    case .malformedDescriptor: "malformed_descriptor"
    case .crashed: "crashed"
    case .forbiddenCall: "forbidden_call"
    case .exited: "exited"
    case .hung: "hung"
    case .workerFailed: "worker_failed"
    }
  }
}

extension PluginRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFound: "there is no such file"
    case .notAFile: "it is not a regular file"
    case .untrusted(let path, let reason): "\(path) \(reason)"
    case .unreadable(let number): "it cannot be read: \(systemMessage(number))"
    case .notELF(let found): "it is not an ELF object: it begins with \(found), not with 7f 45 4c 46"
    case .notSharedObject(let type): "its ELF type is \(type), not 3 (shared object)"
    case .wrongMachine(let found, let expected): "it is built for \(found), this machine is \(expected)"
    case .noEntrySymbol: "it does not export \(entrySymbol)"
    case .loaderFailed(let message): "the loader says: \(message)"
    case .entryReturnedNull: "its entry function gave no descriptor: it cannot serve this host"
    case .abiOutsideWindow(let found, let oldest, let newest):
      "it is built for ABI \(found), this host serves \(oldest) to \(newest)"
    case .malformedDescriptor(let field, let detail): "its descriptor is malformed: \(field) \(detail)"
    case .crashed(let signal, let output):
      "it crashed while loading with signal \(signal) (\(signalName(signal)))"
        + (output.isEmpty ? "" : ": \(output)")
    case .forbiddenCall(""): "it made a system call while loading that workers may not"
    case .forbiddenCall(let name):
      "it made the system call \(name) while loading, which workers may not"
    case .exited(let status): "it ended its process with status \(status) while loading"
    case .hung(let seconds): "it took more than \(seconds) s to load"
    case .workerFailed(let detail): detail
    }
  }
}

/// The one function that every plugin exports.
let entrySymbol = "codira_analyzer_entry"
