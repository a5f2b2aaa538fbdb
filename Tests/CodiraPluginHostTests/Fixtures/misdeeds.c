/* One plugin a misdeed (-DMISDEED=name), done for every file; where it survives, the file has its symbol and a piece of
 * documentation that says how the deed went: `done`, or the error's number.
 *
 * With -DWHEN_LOADING it is done in a constructor, before the entry function.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

#ifndef SIGNAL
#define SIGNAL SIGTERM
#endif

#ifndef TARGET
#define TARGET "/tmp/codira-target"
#endif

static const codira_source *source_now;
static const codira_sink *sink_now;
static volatile int counter;

static int segfault(void) { return *(volatile int *)8; }
static int abort_now(void) { abort(); }
static int exit_zero(void) { exit(0); }
static int loop_forever(void) { for (;;) counter++; }
static int sleep_long(void) { return (int)sleep(3600); }
static int raise_signal(void) { return raise(SIGNAL); }

static int fork_bomb(void) {
  for (;;) {
    if (fork() < 0) return -1;
  }
}

static void *thread_body(void *argument) {
  for (;;) sleep(1);
  return argument;
}

static int thread_bomb(void) {
  for (;;) {
    pthread_t thread;
    int error = pthread_create(&thread, NULL, thread_body, NULL);
    if (error != 0) {
      errno = error;
      return -1;
    }
  }
}

static int allocate(void) {
  for (;;) {
    char *block = malloc(1 << 20);
    if (block == NULL) abort();
    memset(block, 1, 1 << 20);
  }
}

static int overflow(int depth) {
  volatile char frame[4096];
  frame[0] = (char)depth;
  return overflow(depth + 1) + frame[0];
}
static int overflow_stack(void) { return overflow(0); }

static int write_everywhere(void) {
  char junk[256];
  memset(junk, 0x5A, sizeof junk);
  for (int descriptor = 0; descriptor <= 100; descriptor++) {
    for (int i = 0; i < 64; i++) {
      if (write(descriptor, junk, sizeof junk) < 0) break;
    }
  }
  return 0;
}

static int close_everything(void) {
  for (int descriptor = 0; descriptor <= 100; descriptor++) close(descriptor);
  return 0;
}

static int read_passwords(void) { return open("/etc/passwd", O_RDONLY); }
static int read_target(void) { return open(TARGET, O_RDONLY); }
static int write_target(void) { return open(TARGET, O_WRONLY | O_CREAT | O_TRUNC, 0600); }
static int unlink_target(void) { return unlink(TARGET); }
static int rename_target(void) { return rename(TARGET, TARGET ".gone"); }
static int chmod_target(void) { return chmod(TARGET, 0777); }
static int truncate_target(void) { return truncate(TARGET, 0); }
static int make_folder(void) { return mkdir(TARGET ".folder", 0700); }
static int stat_target(void) {
  struct stat status;
  return stat(TARGET, &status);
}
static int memory_of_parent(void) {
  char name[64];
  snprintf(name, sizeof name, "/proc/%d/mem", (int)getppid());
  return open(name, O_RDWR);
}

static int connect_loopback(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(22)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int handle = socket(AF_INET, SOCK_STREAM, 0);
  return handle < 0 ? -1 : connect(handle, (struct sockaddr *)&address, sizeof address);
}

static int trace_parent(void) { return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL); }
static int kill_parent(void) { return kill(getppid(), SIGKILL); }
static int kill_everybody(void) { return kill(-1, 0); }
static int read_parent(void) {
  char byte;
  struct iovec own = {&byte, 1}, other = {&counter, 1};
  return (int)process_vm_readv(getppid(), &own, 1, &other, 1, 0);
}
static int run_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static int run_shell(void) { return system("true"); }
static int make_ring(void) { return (int)syscall(425, 8, NULL); }
static int mount_something(void) { return (int)syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL); }
static int load_program(void) { return (int)syscall(SYS_bpf, 0, NULL, 0); }
static int ask_keys(void) { return (int)syscall(SYS_keyctl, 0, 0, 0, 0, 0); }
static int own_filter(void) { return (int)syscall(SYS_seccomp, 1, 0, NULL); }
static int signal_by_socket(void) { return fcntl(3, F_SETOWN, getppid()); }
static int handle_stopped(void) {
  signal(SIGSYS, SIG_IGN);
  return connect_loopback();
}

/* Frames that announce far more than a source may give, and go on for ever. */
static int flood(void) {
  static char block[1 << 20];
  memset(block, 0x7F, sizeof block);
  for (;;) {
    if (write(3, block, sizeof block) < 0) return -1;
  }
}

static int report_without_end(void) {
  for (;;) report_word(sink_now);
}

/* An answer of the right shape on the outside: a length, then noise. */
static int noise(void) {
  unsigned char frame[4100] = {0, 16, 0, 0};
  unsigned state = (unsigned)source_now->byte_count + (unsigned)time(NULL);
  for (size_t i = 4; i < sizeof frame; i++) {
    state = state * 1103515245u + 12345u;
    frame[i] = (unsigned char)(state >> 16);
  }
  return write(3, frame, sizeof frame) < 0 ? -1 : 0;
}

/* The id of a symbol that another analyzer's file has. */
static int foreign_identity(void) {
  codira_symbol symbol = word_symbol();
  symbol.id = text("python other/victim().");
  sink_now->symbol(sink_now->context, &symbol);
  return 0;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int hold_lock(void) { return pthread_mutex_lock(&lock); }

#define ESCAPES "\033]0;owned\007\033[2J\033[31mred\xE2\x80\xAEtxt.exe\r\n\x9B" "31m"
static int print_escapes(void) {
  fputs(ESCAPES "\n", stdout);
  fputs(ESCAPES "\n", stderr);
  codira_symbol symbol = word_symbol();
  symbol.id = text("fixture `" "\033[2Jword" "`.");
  symbol.name = text("\033[2Jword");
  symbol.qualified_name = symbol.name;
  symbol.signature = text(ESCAPES);
  symbol.documentation = text(ESCAPES);
  sink_now->symbol(sink_now->context, &symbol);
  return 0;
}
static int fail_with_escapes(void) {
  sink_now->message(sink_now->context, text(ESCAPES));
  return -2;
}
static int crash_with_escapes(void) {
  fputs(ESCAPES "\n", stderr);
  abort();
}

/* Half of two seconds of processor time. */
static int take_time(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  double start = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6, now = start;
  while (now - start < 1.0) {
    for (int i = 0; i < 1000000; i++) counter++;
    getrusage(RUSAGE_SELF, &usage);
    now = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
  }
  return 0;
}

#ifdef WHEN_LOADING
static int outcome_of_loading;
__attribute__((constructor)) static void when_loading(void) {
  errno = 0;
  outcome_of_loading = MISDEED() < 0 ? errno : 0;
}
#endif

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  (void)instance;
  source_now = source;
  sink_now = sink;
#ifdef WHEN_LOADING
  int number = outcome_of_loading;
#else
  errno = 0;
  int result = MISDEED(), number = result < 0 ? errno : 0;
  if (result == -2) return CODIRA_RESULT_FAILED;
#endif
  char outcome[64];
  if (number == 0) {
    strcpy(outcome, "done");
  } else {
    snprintf(outcome, sizeof outcome, "error %d", number);
  }
  codira_symbol symbol = word_symbol();
  symbol.documentation = text(outcome);
  sink->symbol(sink->context, &symbol);
  return CODIRA_RESULT_OK;
}
