/* libseccomp, and the calls of the kernel that the C library wraps with variable arguments or not at all. */
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static inline int codira_give_up_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

/* 0 where filters may stop a call with a signal. */
static inline int codira_seccomp_can_trap(void) {
  uint32_t action = SCMP_ACT_TRAP;
  return (int)syscall(SYS_seccomp, 2 /* SECCOMP_GET_ACTION_AVAIL */, 0, &action);
}

/* Numbers of Landlock's calls are the same on every architecture. */
static inline int codira_landlock_create(const void *attributes, size_t size, uint32_t flags) {
  return (int)syscall(444, attributes, size, flags);
}

static inline int codira_landlock_allow(int ruleset, uint64_t rights, int beneath) {
  struct {
    uint64_t rights;
    int32_t beneath;
  } __attribute__((packed)) rule = {rights, beneath};
  return (int)syscall(445, ruleset, 1, &rule, 0);
}

static inline int codira_landlock_restrict(int ruleset) { return (int)syscall(446, ruleset, 0); }

/* A place in the file system, opened neither to read nor to write. */
static inline int codira_open_place(const char *path) { return open(path, 010000000 /* O_PATH */ | O_CLOEXEC); }

/* The number of the system call that a filter stopped; -1 where the signal has another cause. */
static inline int codira_stopped_call(const siginfo_t *info) {
  return info->si_code == 1 /* SYS_SECCOMP */ ? info->si_syscall : -1;
}
