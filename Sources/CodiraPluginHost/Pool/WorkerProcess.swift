import Glibc
import Synchronization

/// How a worker ended.
enum WorkerEnd: Equatable {
  case exited(status: Int32)
  case signalled(Int32)
}

/// One worker process with its socket, from the host's side; it is ended and reaped exactly once.
final class WorkerProcess: Sendable {
  let pid: pid_t
  let socket: Int32
  private let errors: Int32
  private let isReaped = Mutex(false)

  /// Starts `executable` as a worker: the socket is its descriptor 3, its input and output are nowhere, its
  /// environment is ours, and it has a session of its own, so that Ctrl-C reaches the host alone.
  init(executable: String) throws(SpawnError) {
    let pair = try DescriptorPair.socket()
    let pipe: DescriptorPair
    do throws(SpawnError) {
      pipe = try DescriptorPair.pipe()
    } catch {
      pair.close()
      throw error
    }
    let result = Self.spawn(executable, socket: pair.theirs, errors: pipe.theirs)
    close(pair.theirs)
    close(pipe.theirs)
    guard case .success(let pid) = result else {
      close(pair.ours)
      close(pipe.ours)
      throw result.failure ?? SpawnError(step: "posix_spawn", errno: 0)
    }
    self.pid = pid
    socket = pair.ours
    errors = pipe.ours
  }

  /// Callable from any thread at any time; a process that was reaped is left alone.
  func kill() {
    isReaped.withLock { if !$0 { _ = Glibc.kill(pid, SIGKILL) } }
  }

  /// Processor time used so far, in seconds.
  var cpuSeconds: Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// How many threads it has; 0 where the system does not tell.
  var threadCount: Int {
    guard let folder = opendir("/proc/\(pid)/task") else { return 0 }
    defer { closedir(folder) }
    var count = -2  // "." and ".."
    while readdir(folder) != nil { count += 1 }
    return count
  }

  /// Waits at most `grace` seconds for the process to end by itself, then kills it; nil where it had to.
  func end(grace: Double) -> (end: WorkerEnd?, peakMemory: Int, output: String) {
    let endedAlone = waitForEnd(seconds: grace)
    if !endedAlone { kill() }
    var status: Int32 = 0
    var usage = rusage()
    var info = siginfo_t()
    while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    isReaped.withLock { reaped in
      while wait4(pid, &status, 0, &usage) < 0, errno == EINTR {}
      reaped = true
    }
    let output = readOutput()
    close(socket)
    close(errors)
    guard endedAlone else { return (nil, 0, output) }
    let signal = status & 0x7F
    let end = signal == 0 ? WorkerEnd.exited(status: status >> 8 & 0xFF) : .signalled(signal)
    return (end, usage.ru_maxrss << 10, output)
  }

  /// Takes what the worker wrote to standard error, so that its pipe never stays full.
  @discardableResult
  func readOutput() -> String {
    withUnsafeTemporaryAllocation(byteCount: 1 << 14, alignment: 1) { buffer in
      var kept = ""
      while true {
        let count = read(errors, buffer.baseAddress, buffer.count)
        guard count > 0 else { return kept }
        kept = lastLine(String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self))
      }
    }
  }

  private func waitForEnd(seconds: Double) -> Bool {
    var waited = 0.0
    while true {
      var info = siginfo_t()
      let result = waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT | WNOHANG)
      if result == 0, info.si_signo != 0 { return true }
      if waited >= seconds { return false }
      usleep(500)
      waited += 0.0005
    }
  }
}

/// The last line that says something, cut to what a message can hold.
private func lastLine(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? ""
  return String(line.prefix(400))
}

/// Why no worker could be started.
package struct SpawnError: Error, Hashable {
  package let step: String
  package let errno: Int32
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { return failure }
    return nil
  }
}
