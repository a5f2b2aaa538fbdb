import CSandbox

/// What this kernel offers to hold a worker back.
package enum KernelSandbox {
  /// The version of Landlock's interface; nil where it is not built in or not switched on.
  package static var landlockVersion: Int? {
    let askForVersion: UInt32 = 1
    let version = codira_landlock_create(nil, 0, askForVersion)
    return version > 0 ? Int(version) : nil
  }

  /// Whether processes may filter their own system calls.
  package static var hasSeccompFilter: Bool { codira_seccomp_can_trap() == 0 }
}
