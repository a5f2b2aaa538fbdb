import CSandbox
import Glibc

/// seccomp: which system calls the kernel executes for a worker.
///
/// Each filter holds for all threads and for good; of two that stand on each other the stricter decides.
struct CallFilter {
  private let filter: scmp_filter_ctx
  private static let allow: UInt32 = 0x7FFF_0000
  private static let trap: UInt32 = 0x0003_0000
  private static let killProcess: UInt32 = 0x8000_0000

  private static func fail(_ error: Int32) -> UInt32 { 0x0005_0000 | UInt32(error) }

  private init?(otherwise: UInt32) {
    guard let filter = seccomp_init(otherwise) else { return nil }
    self.filter = filter
    let settings: [(scmp_filter_attr, UInt32)] = [
      // A call in the manner of another architecture.
      (SCMP_FLTATR_ACT_BADARCH, Self.killProcess),
      (SCMP_FLTATR_CTL_TSYNC, 1),
      // Nobody else's secrets are in this process: no need for the processor to slow down.
      (SCMP_FLTATR_CTL_SSB, 1),
      (SCMP_FLTATR_CTL_OPTIMIZE, 2),
    ]
    for (name, value) in settings where seccomp_attr_set(filter, name, value) != 0 {
      // A thread that the filter leaves out would undo it; the rest is speed.
      if name == SCMP_FLTATR_CTL_TSYNC {
        seccomp_release(filter)
        return nil
      }
    }
  }

  /// For the time of loading: files can be looked up and read as far as Landlock lets them.
  static func beforeLoading() -> CallFilter? {
    guard let filter = CallFilter(otherwise: fail(ENOSYS)) else { return nil }
    for name in CallTable.allowed + CallTable.lookUps { filter.add(allow, name) }
    for name in CallTable.failing { filter.add(fail(EACCES), name) }
    for name in CallTable.forbidden { filter.add(trap, name) }
    filter.addOpens()
    filter.addOwnSignals()
    filter.addHandlers()
    filter.addForWorker()
    return filter
  }

  /// For serving: nothing can be looked up or opened, and no further filter or limit be set.
  static func afterLoading() -> CallFilter? {
    guard let filter = CallFilter(otherwise: allow) else { return nil }
    var isWhole = true
    for name in CallTable.lookUps + CallTable.opens.map(\.name) {
      isWhole = filter.add(fail(EACCES), name) && isWhole
    }
    for name in ["seccomp", "landlock_create_ruleset", "landlock_restrict_self", "prctl"] {
      isWhole = filter.add(trap, name) && isWhole
    }
    if !isWhole { seccomp_release(filter.filter) }
    return isWhole ? filter : nil
  }

  /// True where it is in force.
  func enforce() -> Bool {
    defer { seccomp_release(filter) }
    return seccomp_load(filter) == 0
  }

  @discardableResult
  private func add(_ action: UInt32, _ name: String, _ conditions: [scmp_arg_cmp] = []) -> Bool {
    let number = seccomp_syscall_resolve_name(name)
    // Unknown to the library, or not on this architecture.
    guard number >= 0 else { return true }
    return seccomp_rule_add_array(filter, action, number, UInt32(conditions.count), conditions) == 0
  }
}

// Calls whose arguments decide.
extension CallFilter {
  private func addOpens() {
    for (name, place) in CallTable.opens {
      let all = CallTable.writing.reduce(0, |)
      add(Self.allow, name, [Self.masked(place, all, 0)])
      for bit in CallTable.writing { add(Self.fail(EACCES), name, [Self.masked(place, bit, bit)]) }
    }
  }

  /// A process may end itself as `abort` does; a signal to another is a misdeed, any else to itself fails.
  private func addOwnSignals() {
    let own = UInt64(getpid())
    for (name, place) in [("kill", 1), ("tgkill", 2)] as [(String, UInt32)] {
      add(Self.trap, name, [scmp_arg_cmp(arg: 0, op: SCMP_CMP_NE, datum_a: own, datum_b: 0)])
      for signal in CallTable.ownSignals {
        add(Self.allow, name, [Self.equal(0, own), Self.equal(place, UInt64(signal))])
      }
    }
  }

  /// Every signal may have a handler but the one that tells of a stopped call; who gets around this stays untold, and
  /// his call unmade.
  private func addHandlers() {
    let stopped = UInt64(SIGSYS)
    add(
      Self.allow, "rt_sigaction", [scmp_arg_cmp(arg: 0, op: SCMP_CMP_NE, datum_a: stopped, datum_b: 0)])
    // Asking is harmless: the second argument is NULL.
    add(Self.allow, "rt_sigaction", [Self.equal(0, stopped), Self.equal(1, 0)])
  }

  /// What the worker itself does: answers on its socket, sets limits of its own, and takes the next step.
  private func addForWorker() {
    add(Self.allow, "sendto", [Self.equal(0, UInt64(Wire.workerSocket)), Self.equal(4, 0)])
    add(Self.allow, "prlimit64", [Self.equal(0, 0)])
    for command in [F_GETFD, F_GETFL] { add(Self.allow, "fcntl", [Self.equal(1, UInt64(command))]) }
    for name in ["seccomp", "landlock_create_ruleset", "landlock_restrict_self"] { add(Self.allow, name) }
    let noNewPrivileges: UInt64 = 38
    add(Self.allow, "prctl", [Self.equal(0, noNewPrivileges)])
  }

  private static func equal(_ place: UInt32, _ value: UInt64) -> scmp_arg_cmp {
    scmp_arg_cmp(arg: place, op: SCMP_CMP_EQ, datum_a: value, datum_b: 0)
  }

  private static func masked(_ place: UInt32, _ mask: UInt64, _ value: UInt64) -> scmp_arg_cmp {
    scmp_arg_cmp(arg: place, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
  }
}
