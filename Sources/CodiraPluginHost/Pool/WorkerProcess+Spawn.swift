import Glibc

extension WorkerProcess {
  static func spawn(_ executable: String, socket: Int32, errors: Int32) -> Result<pid_t, SpawnError> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
    posix_spawn_file_actions_adddup2(&actions, socket, Wire.workerSocket)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let ownSession: Int32 = 0x80  // POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(
      &attributes, Int16(Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | ownSession))
    var pid = pid_t()
    let code = withCStrings(["codira", AnalyzerWorker.argument]) { arguments in
      withCStrings(environment) { posix_spawn(&pid, executable, &actions, &attributes, arguments, $0) }
    }
    return code == 0 ? .success(pid) : .failure(SpawnError(step: "posix_spawn \(executable)", errno: code))
  }

  /// The same for every worker, whoever started the host.
  ///
  /// Time, language and the runtime's hashing are fixed, so that the same bytes give the same artifacts. The
  /// loader's path stays, for hosts that need it to start.
  private static var environment: [String] {
    var variables = [
      "LC_ALL=C", "TZ=UTC", "PATH=/usr/bin:/bin", "MALLOC_ARENA_MAX=1", "LIBC_FATAL_STDERR_=1",
      "SWIFT_BACKTRACE=enable=no",
      "SWIFT_DETERMINISTIC_HASHING=1",
    ]
    if let path = getenv("LD_LIBRARY_PATH") { variables.append("LD_LIBRARY_PATH=" + String(cString: path)) }
    return variables
  }
}

/// Two connected descriptors, both closed on exec; ours never blocks.
struct DescriptorPair {
  let ours: Int32
  let theirs: Int32

  static func socket() throws(SpawnError) -> DescriptorPair {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw SpawnError(step: "socketpair", errno: errno) }
    return try prepared(ends[0], ends[1], theirsBlocks: true)
  }

  /// Ours is the end that reads.
  ///
  /// Who writes to a full one loses the text instead of waiting.
  static func pipe() throws(SpawnError) -> DescriptorPair {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw SpawnError(step: "pipe", errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return try prepared(ends[0], ends[1], theirsBlocks: false)
  }

  func close() {
    Glibc.close(ours)
    Glibc.close(theirs)
  }

  /// Moves the worker's end above the numbers that it will have there, so that none overwrites another.
  private static func prepared(_ ours: Int32, _ theirs: Int32, theirsBlocks: Bool) throws(SpawnError)
    -> DescriptorPair
  {
    _ = fcntl(ours, F_SETFL, fcntl(ours, F_GETFL) | O_NONBLOCK)
    if !theirsBlocks { _ = fcntl(theirs, F_SETFL, fcntl(theirs, F_GETFL) | O_NONBLOCK) }
    guard theirs <= Wire.workerSocket else { return DescriptorPair(ours: ours, theirs: theirs) }
    let moved = fcntl(theirs, F_DUPFD_CLOEXEC, Wire.workerSocket + 1)
    let number = errno
    Glibc.close(theirs)
    guard moved >= 0 else {
      Glibc.close(ours)
      throw SpawnError(step: "fcntl", errno: number)
    }
    return DescriptorPair(ours: ours, theirs: moved)
  }
}

/// Lends `texts` as a NULL-terminated array of C strings.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  pointers.append(nil)
  return body(pointers)
}
