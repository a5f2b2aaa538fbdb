/*
 * What a worker needs to run under a sanitizer: its environment is ours, so the options stand in the program, and the
 * memory that a sanitizer reserves is more than a worker may have, so the limits on memory are not set.
 */
#define _GNU_SOURCE
#include <stddef.h>
#include <sys/resource.h>

#include "limits_of_sanitizers.h"

/* Signals stay what they are without a sanitizer: tests expect them. */
#define SIGNALS \
  "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0:handle_sigtrap=0:use_sigaltstack=0"

const char *__asan_default_options(void) {
  return SIGNALS ":detect_leaks=0:detect_stack_use_after_return=1:exitcode=77:log_path=" REPORTS "/worker";
}

const char *__tsan_default_options(void) {
  return SIGNALS ":exitcode=0:halt_on_error=0:log_path=" REPORTS "/worker";
}

/* The thread sanitizer calls it before it can bear instrumented code. */
#if defined(__clang__)
__attribute__((disable_sanitizer_instrumentation))
#endif
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limit) {
  if (resource == RLIMIT_AS || resource == RLIMIT_DATA) return 0;
  return prlimit(0, resource, limit, NULL);
}
