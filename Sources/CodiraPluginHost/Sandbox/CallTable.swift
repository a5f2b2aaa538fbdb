import Glibc

/// The system calls of a worker: what passes, what fails quietly, and what ends the worker.
///
/// Only what stands under `allowed` is ever executed.  The other lists say how a refusal is told: libraries try some
/// calls of their own accord and live without them, so those fail; others are a misdeed that a user should hear of, so
/// they end the worker by name.  Whatever no list knows fails as if the kernel did not have it: a C library of
/// tomorrow tries new calls first and falls back.
enum CallTable {
  static let allowed = [
    // the channel, and whatever stands on descriptors that are open
    "read", "readv", "write", "writev", "close", "fstat", "lseek", "poll", "ppoll", "pread64", "pwrite64",
    // memory
    "mmap", "munmap", "mremap", "mprotect", "madvise", "brk",
    // locks and the own thread
    "futex", "set_robust_list", "rseq", "sched_yield", "sched_getaffinity", "getcpu", "gettid", "getpid",
    "getppid",
    // the own signals
    "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "sigaltstack", "restart_syscall",
    // time and chance
    "clock_gettime", "clock_getres", "gettimeofday", "time", "nanosleep", "clock_nanosleep", "getrandom",
    // who and where; limits are the kernel's to keep
    "getuid", "geteuid", "getgid", "getegid", "uname", "getrusage", "times", "getrlimit", "sysinfo",
    "exit", "exit_group",
  ]

  /// Reading a file's name and finding it, which a loader needs and a loaded plugin does not.
  static let lookUps = [
    "stat", "lstat", "newfstatat", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat",
    "getcwd",
  ]

  static let opens: [(name: String, flags: UInt32)] = [("open", 1), ("openat", 2)]

  /// The bits of an open that could change a file.
  static let writing = [O_WRONLY, O_RDWR, O_CREAT, O_TRUNC].map(UInt64.init)

  static let failing = [
    "creat", "getdents64", "statfs", "fstatfs", "chdir", "fchdir", "ioctl", "arch_prctl", "getpgid", "getsid",
    "sched_setaffinity", "sched_getscheduler", "sched_getparam", "getgroups", "getpriority", "fadvise64",
    "fsync",
    "fdatasync",
  ]

  static let forbidden = [
    // the network
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendmsg", "sendmmsg",
    "recvmsg",
    "recvfrom", "recvmmsg", "setsockopt", "shutdown",
    // processes and threads
    "fork", "vfork", "clone", "execve", "execveat", "wait4", "waitid", "unshare", "setns", "setsid",
    "setpgid",
    // others' processes
    "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_open", "pidfd_send_signal",
    "pidfd_getfd", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "alarm",
    "setitimer", "timer_create", "pause", "rt_sigsuspend", "rt_sigtimedwait", "setpriority",
    // files
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
    "mkdir",
    "mkdirat", "rmdir", "mknod", "mknodat", "truncate", "ftruncate", "fallocate", "chmod", "fchmod",
    "fchmodat",
    "chown", "fchown", "lchown", "fchownat", "utimensat", "setxattr", "lsetxattr", "fsetxattr", "flock",
    "name_to_handle_at", "open_by_handle_at", "memfd_create", "memfd_secret", "inotify_init1",
    "fanotify_init",
    "sendfile", "splice", "tee", "vmsplice", "copy_file_range",
    // descriptors that stand for something else
    "dup", "dup2", "dup3", "pipe", "pipe2", "eventfd2", "signalfd4", "timerfd_create", "epoll_create1",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup", "userfaultfd", "perf_event_open",
    "bpf",
    // the machine
    "mount", "umount2", "pivot_root", "chroot", "open_tree", "move_mount", "fsopen", "reboot", "kexec_load",
    "init_module", "finit_module", "delete_module", "swapon", "swapoff", "sethostname", "settimeofday",
    "clock_settime", "adjtimex", "syslog", "acct", "quotactl", "iopl", "ioperm", "modify_ldt", "personality",
    // identity, keys, memory that others share
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "capset", "keyctl",
    "add_key", "request_key", "shmget", "shmat", "msgget", "semget", "mq_open", "mlockall",
  ]

  /// Signals that a process may send itself: how programs end that found a fault in themselves.
  static let ownSignals = [SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS]
}
