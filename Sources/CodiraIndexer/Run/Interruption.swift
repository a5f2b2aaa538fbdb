import Glibc
import Synchronization

/// Whether the run shall end: set by Ctrl-C and `kill`, asked between steps.
package enum Interruption {
  private static let flag = Atomic<Bool>(false)

  /// From now on SIGINT and SIGTERM ask the run to end; a second one ends the process at once.
  package static func catchSignals() {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in Interruption.flag.store(true, ordering: .relaxed) }
    action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
    sigaction(SIGINT, &action, nil)
    sigaction(SIGTERM, &action, nil)
  }

  package static var isRequested: Bool { flag.load(ordering: .relaxed) }

  static func check() throws(IndexError) {
    if isRequested { throw .interrupted() }
  }
}
