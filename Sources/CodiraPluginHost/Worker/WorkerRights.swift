import Glibc

/// What a worker gives up that every kernel can take: descriptors, memory, core files, further processes.
enum WorkerRights {
  /// The host's descriptors are closed on exec by their flags; this closes what a library forgot.
  static func closeInheritedDescriptors() { closefrom(Wire.workerSocket + 1) }

  /// Private memory, no core file, and the deep stack that recursive readers need.
  static func limit(memory: Int) {
    set(RLIMIT_DATA, to: rlim_t(memory), forGood: true)
    // Mappings that are no data: libraries, thread stacks, an allocator's reserve.
    set(RLIMIT_AS, to: rlim_t(memory) + (1 << 30), forGood: true)
    set(RLIMIT_CORE, to: 0, forGood: true)
    set(RLIMIT_STACK, to: 64 << 20)
    // No byte into a file, whatever else fails to forbid it.
    set(RLIMIT_FSIZE, to: 0, forGood: true)
    set(RLIMIT_NOFILE, to: 64, forGood: true)
  }

  /// From now on no thread and no process: a second defence, which does not hold for root.
  static func limitProcesses() {
    let processes = __rlimit_resource(6)  // RLIMIT_NPROC
    set(processes, to: 0, forGood: true)
  }

  /// A backstop for a host that cannot watch: processor seconds from now on, of this file and a margin.
  static func limitProcessorTime(milliseconds: UInt64) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let used = rlim_t(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    set(RLIMIT_CPU, to: used + rlim_t(milliseconds / 1000) * 2 + 10)
  }

  /// Ends this process when the host's end of the socket goes away, even while a plugin is at work.
  ///
  /// A thread waits for it: the parent-death signal would fire when the host's *thread* ends.
  static func dieWithHost() {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, 64 << 10)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    pthread_create(
      &thread, &attributes,
      { _ in
        let hangUp: Int16 = 0x2000  // POLLRDHUP
        var entry = pollfd(fd: Wire.workerSocket, events: hangUp, revents: 0)
        while poll(&entry, 1, -1) < 0, errno == EINTR {}
        // A plugin that closed the socket, perhaps before this thread began, is the host's to end.
        if Int32(entry.revents) & POLLNVAL == 0 { _exit(0) }
        return nil
      }, nil)
  }

  private static func set(_ resource: __rlimit_resource, to soft: rlim_t, forGood: Bool = false) {
    let resource = __rlimit_resource_t(resource.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    limit.rlim_cur = min(soft, limit.rlim_max)
    if forGood { limit.rlim_max = limit.rlim_cur }
    setrlimit(resource, &limit)
  }
}
