/* Analyzes the files of a list with an analyzer loaded into this program: what workers are compared with.
 *
 *   direct ANALYZER.so JOBS < list-of-paths     a line of JSON: seconds by the clock and of processors
 *
 * JOBS processes take the next file from a shared counter. Artifacts are counted; nothing is kept. */
#include <codira_analyzer.h>
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct shared {
  atomic_size_t next, symbols, others;
};
static struct shared *shared;

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double processor(int who) {
  struct rusage u;
  getrusage(who, &u);
  return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static size_t symbols, others;
static void on_symbol(void *c, const codira_symbol *s) { (void)c, (void)s, symbols++; }
static void on_reference(void *c, const codira_reference *r) { (void)c, (void)r, others++; }
static void on_documentation(void *c, const codira_documentation *d) { (void)c, (void)d, others++; }
static void on_diagnostic(void *c, const codira_diagnostic *d) { (void)c, (void)d, others++; }
static void on_message(void *c, codira_string m) { (void)c, (void)m; }
static int32_t on_stop(void *c) { return (void)c, 0; }
static const void *no_extension(codira_string id) { return (void)id, (void *)0; }

static void serve(const char *object, char **paths, size_t count) {
  void *handle = dlopen(object, RTLD_NOW | RTLD_LOCAL);
  if (!handle) fprintf(stderr, "%s\n", dlerror()), exit(1);
  const codira_analyzer *(*entry)(uint32_t) = (const codira_analyzer *(*)(uint32_t))dlsym(handle, "codira_analyzer_entry");
  const codira_analyzer *analyzer = entry(CODIRA_ABI_VERSION);
  static codira_host host = {.size = sizeof host, .abi_version = CODIRA_ABI_VERSION, .name = {"bench", 5}, .version = {"1", 1}};
  host.extension = (__typeof__(host.extension))no_extension;
  static codira_project project = {.size = sizeof project};
  codira_string reason = {0};
  codira_instance *instance = analyzer->create(&host, (codira_string){"{}", 2}, &project, &reason);
  codira_sink sink = {.size = sizeof sink};
  sink.symbol = (__typeof__(sink.symbol))on_symbol;
  sink.reference = (__typeof__(sink.reference))on_reference;
  sink.documentation = (__typeof__(sink.documentation))on_documentation;
  sink.diagnostic = (__typeof__(sink.diagnostic))on_diagnostic;
  sink.message = (__typeof__(sink.message))on_message;
  sink.should_stop = (__typeof__(sink.should_stop))on_stop;
  for (size_t i; (i = atomic_fetch_add(&shared->next, 1)) < count;) {
    FILE *file = fopen(paths[i], "r");
    if (!file) continue;
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    size = fread(bytes, 1, size, file);
    fclose(file);
    codira_source source = {.size = sizeof source, .path = {paths[i], strlen(paths[i])}, .bytes = (void *)bytes, .byte_count = size};
    analyzer->analyze(instance, &source, &sink);
    free(bytes);
  }
  analyzer->destroy(instance);
  shared->symbols += symbols, shared->others += others;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "direct ANALYZER.so JOBS < list-of-paths\n"), 2;
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  char **paths = NULL, line[4096];
  size_t count = 0;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    paths = realloc(paths, (count + 1) * sizeof *paths);
    paths[count++] = strdup(line);
  }
  double start = seconds();
  for (int job = 0; job < atoi(argv[2]); job++)
    if (fork() == 0) serve(argv[1], paths, count), exit(0);
  while (wait(NULL) > 0) {}
  printf("{\"files\":%zu,\"symbols\":%zu,\"wall\":%f,\"cpu\":%f}\n", count, (size_t)shared->symbols, seconds() - start,
         processor(RUSAGE_CHILDREN));
}
