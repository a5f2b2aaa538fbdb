import Glibc

/// What this kernel offers to hold a worker back.
package enum KernelSandbox {
  /// The version of Landlock's interface; nil where it is not built in or not switched on.
  package static var landlockVersion: Int? {
    typealias SystemCall = @convention(c) (Int, UInt, UInt, UInt) -> Int
    // The C library wraps neither this call nor, for Swift, the general one.
    guard let symbol = dlsym(nil, "syscall") else { return nil }
    let (createRuleset, askForVersion) = (444, UInt(1))
    let version = unsafeBitCast(symbol, to: SystemCall.self)(createRuleset, 0, 0, askForVersion)
    return version > 0 ? version : nil
  }

  /// Whether processes may filter their own system calls.
  package static var hasSeccompFilter: Bool { access("/proc/sys/kernel/seccomp/actions_avail", R_OK) == 0 }
}
