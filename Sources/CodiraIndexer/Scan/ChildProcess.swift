import Glibc

/// Runs a program to its end and keeps what it prints.
package enum ChildProcess {
  /// The variables this process was started with, as `NAME=value`.
  package static var inheritedEnvironment: [String] {
    var variables: [String] = []
    var entry = environ
    while let variable = entry.pointee {
      variables.append(String(cString: variable))
      entry += 1
    }
    return variables
  }

  package static func run(
    _ arguments: [String], environment: [String]
  ) throws(SystemFile.Failure) -> (status: Int32, output: [UInt8], errors: [UInt8]) {
    try start(arguments, environment: environment).finish()
  }

  /// A program at work; what it prints waits until `finish` reads it.
  struct Running {
    fileprivate let process: pid_t
    fileprivate let output: Int32
    fileprivate let errors: Int32

    /// Reads both streams to their ends; to be called once.
    func finish() -> (status: Int32, output: [UInt8], errors: [UInt8]) {
      let (printed, complained) = ChildProcess.drain(output, errors)
      close(output)
      close(errors)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
      let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      return (code, printed, complained)
    }
  }

  static func start(_ arguments: [String], environment: [String]) throws(SystemFile.Failure) -> Running {
    let output = try pipe()
    let errors = try pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.write, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.write, 2)
    var process = pid_t()
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, words, variables)
    close(output.write)
    close(errors.write)
    guard failure == 0 else {
      close(output.read)
      close(errors.read)
      throw SystemFile.Failure(number: failure)
    }
    return Running(process: process, output: output.read, errors: errors.read)
  }

  private static func pipe() throws(SystemFile.Failure) -> (read: Int32, write: Int32) {
    var ends: (Int32, Int32) = (0, 0)
    let failed = withUnsafeMutableBytes(of: &ends) {
      Glibc.pipe($0.baseAddress!.assumingMemoryBound(to: Int32.self))
    }
    guard failed == 0 else { throw SystemFile.Failure(number: errno) }
    _ = fcntl(ends.0, F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends.1, F_SETFD, FD_CLOEXEC)
    return (ends.0, ends.1)
  }

  /// Both streams to their ends, whichever has something.
  fileprivate static func drain(_ first: Int32, _ second: Int32) -> ([UInt8], [UInt8]) {
    var results: [[UInt8]] = [[], []]
    var polls = [
      pollfd(fd: first, events: Int16(POLLIN), revents: 0),
      pollfd(fd: second, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while polls.contains(where: { $0.fd >= 0 }) {
      if poll(&polls, 2, -1) < 0 { continue }
      for index in 0..<2 where polls[index].fd >= 0 && polls[index].revents != 0 {
        let count = read(polls[index].fd, &buffer, buffer.count)
        if count > 0 {
          results[index] += buffer[..<count]
        } else if count == 0 || errno != EINTR {
          polls[index].fd = -1
        }
      }
    }
    return (results[0], results[1])
  }
}
