import CodiraAnalyzerKit

/// Names of the C standard library and of POSIX: what a call leads to where the repository has nothing of it.
package enum StandardLibrary {
  package static func contains(_ name: Text) -> Bool { functions.contains(name) }

  /// Those that the standard itself has as macros: a project that writes its own uses it everywhere.
  package static let macros: Set<Text> = [
    "assert", "errno", "isfinite", "isinf", "isnan", "offsetof", "setjmp", "signbit", "static_assert",
    "va_arg", "va_copy", "va_end", "va_start",
  ]

  package static let types: Set<Text> = [
    "FILE", "DIR", "fpos_t", "jmp_buf", "sigjmp_buf", "div_t", "ldiv_t", "tm", "timeval", "timespec",
    "stat", "sockaddr", "sockaddr_in", "sockaddr_in6", "sockaddr_un", "sockaddr_storage", "addrinfo",
    "in_addr", "iovec", "pthread_t", "pthread_mutex_t", "pthread_cond_t", "pthread_attr_t", "sigset_t",
    "siginfo_t", "sigaction", "socklen_t", "uid_t", "gid_t", "dev_t", "ino_t", "nlink_t", "clock_t",
    "locale_t", "fd_set", "pollfd", "dirent", "passwd", "group", "rlimit", "rusage", "winsize", "termios",
    "utsname", "lconv", "sem_t", "key_t", "id_t", "useconds_t", "suseconds_t", "blksize_t", "blkcnt_t",
    "wint_t", "mbstate_t", "max_align_t", "atomic_int", "sig_atomic_t", "ucontext_t", "regex_t",
    "regmatch_t", "glob_t", "hostent", "u_char", "u_int", "u_long", "uint",
  ]

  package static let headers: Set<Text> = [
    "assert.h", "complex.h", "ctype.h", "errno.h", "fenv.h", "float.h", "inttypes.h", "iso646.h",
    "limits.h", "locale.h", "math.h", "setjmp.h", "signal.h", "stdalign.h", "stdarg.h", "stdatomic.h",
    "stdbool.h", "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "stdnoreturn.h", "string.h", "tgmath.h",
    "threads.h", "time.h", "uchar.h", "wchar.h", "wctype.h",
  ]

  private static let functions: Set<Text> = {
    var names: Set<Text> = []
    for list in lists { names.formUnion(list.split(at: " ").filter { !$0.isEmpty }) }
    return names
  }()

  private static let lists: [Text] = [
    // ctype, errno, assert, setjmp, signal, stdarg, stddef
    "isalnum isalpha isascii isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper",
    "isxdigit tolower toupper assert static_assert setjmp longjmp sigsetjmp siglongjmp signal raise",
    "va_start va_end va_arg va_copy offsetof",
    // stdio
    "clearerr fclose fdopen feof ferror fflush fgetc fgetpos fgets fileno fopen fprintf fputc fputs",
    "fread freopen fscanf fseek fseeko fsetpos ftell ftello fwrite getc getchar getline getdelim gets",
    "open_memstream pclose perror popen printf putc putchar puts remove rename rewind scanf setbuf",
    "setvbuf snprintf sprintf sscanf tmpfile tmpnam ungetc vfprintf vprintf vsnprintf vsprintf vsscanf",
    "asprintf vasprintf dprintf",
    // stdlib
    "abort abs aligned_alloc at_quick_exit atexit atof atoi atol atoll bsearch calloc div exit free",
    "getenv labs ldiv llabs lldiv malloc mblen mbstowcs mbtowc mkdtemp mkstemp posix_memalign putenv",
    "qsort quick_exit rand random realloc realpath setenv srand srandom strtod strtof strtol strtold",
    "strtoll strtoul strtoull system unsetenv wcstombs wctomb alloca reallocarray arc4random",
    // string
    "memchr memcmp memcpy memmem memmove memset mempcpy stpcpy stpncpy strcasecmp strcasestr strcat",
    "strchr strcmp strcoll strcpy strcspn strdup strerror strerror_r strlcat strlcpy strlen strncasecmp",
    "strncat strncmp strncpy strndup strnlen strpbrk strrchr strsep strsignal strspn strstr strtok",
    "strtok_r strxfrm bcmp bcopy bzero index rindex ffs",
    // math
    "acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs",
    "fdim floor fma fmax fmin fmod fpclassify frexp hypot ilogb isfinite isinf isnan isnormal ldexp",
    "lgamma llrint llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter pow",
    "remainder remquo rint round scalbn signbit sin sinh sqrt tan tanh tgamma trunc fabsf sqrtf powf",
    "floorf ceilf roundf",
    // time, locale, wide characters
    "asctime clock clock_gettime clock_getres ctime difftime gettimeofday gmtime gmtime_r localtime",
    "localtime_r mktime nanosleep strftime strptime time timegm tzset localeconv setlocale uselocale",
    "newlocale freelocale btowc iswalpha iswspace mbrtowc mbsrtowcs towlower towupper wcrtomb wcscat",
    "wcschr wcscmp wcscpy wcslen wcsncmp wcsncpy wcsrchr wcsstr wcstol wmemcpy wmemset wprintf",
    // files and processes
    "_exit access chdir chmod chown chroot close closedir creat dirfd dlclose dlerror dlopen dlsym dup",
    "dup2 dup3 execl execle execlp execv execve execvp execvpe faccessat fchdir fchmod fchown fcntl",
    "fdatasync fdopendir flock fork fstat fstatat fstatvfs fsync ftruncate getcwd getdtablesize getegid",
    "geteuid getgid getgrgid getgrnam getgroups gethostname getlogin getopt getopt_long getpagesize",
    "getpgid getpgrp getpid getppid getpriority getpwnam getpwuid getrandom getrlimit getrusage getsid",
    "getuid initgroups ioctl isatty kill killpg lchown link linkat lockf lseek lstat madvise mkdir",
    "mkdirat mkfifo mknod mlock mmap mprotect mremap msync munlock munmap nice openat opendir open",
    "openlog pathconf pause pipe pipe2 posix_fadvise posix_fallocate posix_spawn pread preadv prctl",
    "pwrite pwritev read readdir readlink readlinkat readv rename renameat rmdir seteuid setegid setgid",
    "setgroups setpgid setpriority setrlimit setsid setuid sleep stat statvfs symlink symlinkat sync",
    "sysconf syslog closelog sysinfo tcgetattr tcsetattr truncate ttyname umask uname unlink unlinkat",
    "usleep utime utimensat utimes vfork wait wait3 wait4 waitid waitpid write writev sendfile",
    "getauxval",
    // signals and threads
    "sigaction sigaddset sigdelset sigemptyset sigfillset sigismember sigpending sigprocmask sigsuspend",
    "sigwait sigaltstack alarm setitimer getitimer sched_yield sched_setaffinity sched_getaffinity",
    "pthread_atfork pthread_attr_destroy pthread_attr_getstacksize pthread_attr_init",
    "pthread_attr_setdetachstate pthread_attr_setstacksize pthread_cancel pthread_cond_broadcast",
    "pthread_cond_destroy pthread_cond_init pthread_cond_signal pthread_cond_timedwait",
    "pthread_cond_wait pthread_create pthread_detach pthread_equal pthread_exit pthread_getspecific",
    "pthread_join pthread_key_create pthread_key_delete pthread_kill pthread_mutex_destroy",
    "pthread_mutex_init pthread_mutex_lock pthread_mutex_trylock pthread_mutex_unlock",
    "pthread_mutexattr_init pthread_mutexattr_settype pthread_once pthread_rwlock_destroy",
    "pthread_rwlock_init pthread_rwlock_rdlock pthread_rwlock_unlock pthread_rwlock_wrlock pthread_self",
    "pthread_setcancelstate pthread_setname_np pthread_setspecific pthread_sigmask sem_destroy sem_init",
    "sem_post sem_trywait sem_wait",
    // network and polling
    "accept accept4 bind connect freeaddrinfo gai_strerror getaddrinfo gethostbyname getnameinfo",
    "getpeername getsockname getsockopt htonl htons inet_addr inet_ntoa inet_ntop inet_pton listen",
    "ntohl ntohs poll ppoll recv recvfrom recvmsg select send sendmsg sendto setsockopt shutdown socket",
    "socketpair epoll_create epoll_create1 epoll_ctl epoll_wait eventfd kevent kqueue inotify_add_watch",
    "inotify_init1 if_indextoname if_nametoindex FD_CLR FD_ISSET FD_SET FD_ZERO WEXITSTATUS WIFEXITED",
    "WIFSIGNALED WTERMSIG S_ISDIR S_ISREG S_ISLNK regcomp regexec regfree glob globfree fnmatch",
    "backtrace backtrace_symbols_fd",
  ]
}
