import CSandbox
import Glibc

/// The system call that a filter stopped: told by the worker, in a line on its standard error, before it ends.
///
/// A plugin can write such a line too; it then speaks of its own file alone.
enum StoppedCall {
  private static let title: StaticString = "codira: stopped system call "

  /// Lets this process tell of the first stopped call and end by SIGSYS, as it would without a handler.
  static func tell() {
    var action = sigaction()
    action.sa_flags = SA_SIGINFO | Int32(bitPattern: UInt32(SA_RESETHAND))
    action.__sigaction_handler.sa_sigaction = { signal, info, _ in
      if let info { StoppedCall.write(codira_stopped_call(info)) }
      raise(signal)
    }
    sigaction(SIGSYS, &action, nil)
  }

  /// The call's name, from what a worker wrote last; nil where that is no such line.
  static func name(in line: String) -> String? {
    guard line.hasPrefix("\(title)"), let number = Int32(line.dropFirst(title.utf8CodeUnitCount)) else {
      return nil
    }
    guard let name = seccomp_syscall_resolve_num_arch(0, number) else { return "number \(number)" }
    defer { free(name) }
    return String(cString: name)
  }

  /// Runs in a signal handler: it takes no lock and no memory.
  private static func write(_ number: Int32) {
    guard number >= 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
      var count = title.utf8CodeUnitCount
      for index in 0..<count { buffer[index] = title.utf8Start[index] }
      var (rest, divisor) = (number, Int32(10_000))
      while divisor > 0 {
        buffer[count] = 48 + UInt8(truncatingIfNeeded: rest / divisor % 10)
        count += 1
        rest %= divisor
        divisor /= 10
      }
      buffer[count] = 10
      _ = Glibc.write(STDERR_FILENO, buffer.baseAddress, count + 1)
    }
  }
}
