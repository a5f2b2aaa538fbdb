/* Feeds one analyzer with broken sources through the C interface alone, and checks every artifact.
 *
 *   cc -O2 -I../../Sources/CCodiraAnalyzer/include hostile.c -ldl -o hostile
 *   ./hostile ANALYZER.so describe                        id, then suffixes and names that it takes
 *   ./hostile ANALYZER.so whole < paths                   each file as it is
 *   ./hostile ANALYZER.so truncate STEP < paths           each file cut at every STEP-th byte
 *   ./hostile ANALYZER.so mutate SEED COUNT < paths       COUNT copies with 1 to 8 random changes, dealt out in turn
 *
 * Batches run in processes of their own: a crash, or more than 20 s of processor time for one source, is printed with
 * the source that did it (written to hostile-*.bin in the current folder), and the next batch goes on.  Checked: ids unique, UTF-8 and of
 * the analyzer's language; owners known; ranges and payload inside the file, lines and columns right; every 16th source
 * read twice with equal answers.  Exit 1 where anything was found. */
#define _GNU_SOURCE
#include <codira_analyzer.h>
#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BATCH = 500, SECONDS = 20, KEPT = 20 };

typedef struct { char *path; uint8_t *bytes; size_t count; } File;
/* What a batch says to its parent. */
typedef struct { size_t done, sources, symbols, refused; int faults; char what[400]; } Report;

static const codira_analyzer *analyzer;
static codira_instance *instance;
static File *files;
static size_t file_count;
static Report *report;
static uint64_t seed;

static const uint8_t *source;
static size_t source_count;
static char source_path[4096];
static uint64_t answer;
static char **ids;
static size_t id_count, id_capacity;
static uint32_t *lines;
static size_t line_count, line_capacity;

static void fault(const char *format, ...) {
  if (report->faults++) return;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report->what, sizeof report->what, format, arguments);
  va_end(arguments);
}

static void mix(const void *data, size_t count) {
  for (size_t i = 0; i < count; i++) answer = (answer ^ ((const uint8_t *)data)[i]) * 0x100000001b3ull;
}

static int is_utf8(codira_string s) {
  const uint8_t *p = (const uint8_t *)s.data, *end = p + s.length;
  while (p < end) {
    int more = *p < 0x80 ? 0 : *p >= 0xC2 && *p < 0xE0 ? 1 : (*p & 0xF0) == 0xE0 ? 2 : *p >= 0xF0 && *p < 0xF5 ? 3 : -1;
    if (more < 0 || p + more >= end + (more == 0)) return 0;
    if ((*p == 0xE0 && p[1] < 0xA0) || (*p == 0xED && p[1] >= 0xA0) || (*p == 0xF0 && p[1] < 0x90) ||
        (*p == 0xF4 && p[1] >= 0x90))
      return 0;
    for (int i = 1; i <= more; i++)
      if ((p[i] & 0xC0) != 0x80) return 0;
    p += more + 1;
  }
  return 1;
}

static void find_lines(void) {
  line_count = 0;
  for (size_t i = 0; i <= source_count; i++) {
    if (i && !(source[i - 1] == '\n' || (source[i - 1] == '\r' && (i == source_count || source[i] != '\n')))) continue;
    if (line_count == line_capacity) lines = realloc(lines, (line_capacity = line_capacity * 2 + 1024) * sizeof *lines);
    lines[line_count++] = (uint32_t)i;
  }
}

static void check_position(const char *what, codira_position p) {
  if (p.offset > source_count) { fault("%s: offset %u of %zu", what, p.offset, source_count); return; }
  if (p.line < 1 || p.line > line_count) { fault("%s: line %u of %zu", what, p.line, line_count); return; }
  uint32_t start = lines[p.line - 1];
  int behind = p.line < line_count && p.offset >= lines[p.line];
  if (p.offset < start || behind || p.column != p.offset - start + 1)
    fault("%s: offset %u is not line %u column %u", what, p.offset, p.line, p.column);
}

static void check_range(const char *what, codira_range r) {
  if (r.start.offset > r.end.offset) fault("%s: from %u to %u", what, r.start.offset, r.end.offset);
  check_position(what, r.start), check_position(what, r.end);
  mix(&r, sizeof r);
}

static int is_own(codira_string id) {
  size_t length = analyzer->id.length;
  return id.length > length && !memcmp(id.data, analyzer->id.data, length) && id.data[length] == ' ' && is_utf8(id);
}

/* A copy to compare with strcmp: a zero byte may stand in a name, and is written as two bytes that do not. */
static char *copy_id(codira_string id) {
  char *copy = malloc(id.length * 2 + 1), *end = copy;
  for (size_t i = 0; i < id.length; i++) {
    if (id.data[i]) *end++ = id.data[i];
    else *end++ = '\xFF', *end++ = '0';
  }
  *end = 0;
  return copy;
}

static void on_symbol(void *context, const codira_symbol *s) {
  (void)context;
  report->symbols++;
  if (!is_own(s->id)) fault("symbol id `%.*s`", (int)s->id.length, s->id.data);
  if (s->parent.length && !is_own(s->parent)) fault("parent `%.*s`", (int)s->parent.length, s->parent.data);
  if (s->kind < 1 || s->kind > 32) fault("kind %u", s->kind);
  if (s->parameters_min < 0 || s->parameters_max < -1) fault("takes %d to %d", s->parameters_min, s->parameters_max);
  check_range("symbol", s->range), check_range("name", s->name_range);
  uint32_t end = 0;
  for (uint32_t i = 0; i < s->payload_count; i++) {
    if (s->payload[i].start < end || s->payload[i].start >= s->payload[i].end || s->payload[i].end > source_count)
      fault("payload %u to %u behind %u", s->payload[i].start, s->payload[i].end, end);
    end = s->payload[i].end;
  }
  mix(s->id.data, s->id.length), mix(s->name.data, s->name.length);
  if (id_count == id_capacity) ids = realloc(ids, (id_capacity = id_capacity * 2 + 1024) * sizeof *ids);
  ids[id_count++] = copy_id(s->id);
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* Symbols come first: the first of anything else closes their list. */
static int sorted;
static void sort_ids(void) {
  if (sorted) return;
  sorted = 1;
  if (id_count) qsort(ids, id_count, sizeof *ids, by_text);
  for (size_t i = 1; i < id_count; i++)
    if (!strcmp(ids[i - 1], ids[i])) fault("two symbols have the id `%s`", ids[i]);
}

static void on_reference(void *context, const codira_reference *r) {
  (void)context;
  sort_ids();
  char *owner = copy_id(r->owner);
  if (!id_count || !bsearch(&owner, ids, id_count, sizeof *ids, by_text)) fault("no symbol `%s` owns a reference", owner);
  free(owner);
  check_range("reference", r->range);
  if (r->role < 1 || r->role > 6) fault("role %u", r->role);
  for (uint32_t i = 0; i < r->candidate_count; i++) {
    if (r->candidates[i].member_count > CODIRA_MAX_MEMBERS) fault("a candidate with %u members", r->candidates[i].member_count);
    mix(r->candidates[i].root.data, r->candidates[i].root.length);
  }
  mix(r->name.data, r->name.length);
}

static void on_documentation(void *context, const codira_documentation *d) {
  (void)context;
  if (!is_own(d->id) || (d->owner.length && !is_own(d->owner))) fault("documentation `%.*s`", (int)d->id.length, d->id.data);
  check_range("documentation", d->range);
  mix(d->text.data, d->text.length);
}

static void on_diagnostic(void *context, const codira_diagnostic *d) { (void)context, check_range("diagnostic", d->range); }
static void on_message(void *context, codira_string m) { (void)context, mix(m.data, m.length); }
static int32_t should_stop(void *context) { return (void)context, 0; }

static uint64_t analyze(void) {
  codira_sink sink = {sizeof sink, NULL, on_symbol, on_reference, on_documentation, on_diagnostic, on_message, should_stop};
  codira_source s = {sizeof s, {source_path, strlen(source_path)}, source, source_count};
  answer = 0xcbf29ce484222325ull;
  sorted = 0;
  int32_t result = analyzer->analyze(instance, &s, &sink);
  sort_ids();
  for (size_t i = 0; i < id_count; i++) free(ids[i]);
  id_count = 0;
  if (result < 0 || result > 3) fault("analyze() returned %d", result);
  if (result == CODIRA_RESULT_FAILED) fault("analyze() failed");
  if (result == CODIRA_RESULT_NOT_MINE) report->refused++;
  return answer;
}

static void read_source(const char *path, const uint8_t *bytes, size_t count, size_t number) {
  /* A page that may not be read stands behind the bytes. */
  size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (count + page - 1) / page * page;
  uint8_t *room = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(room + size, page, PROT_NONE);
  memcpy(room + size - count, bytes, count);
  source = room + size - count, source_count = count;
  snprintf(source_path, sizeof source_path, "%s", path[0] == '/' ? path + 1 : path);
  struct itimerval limit = {{0, 0}, {SECONDS, 0}};
  setitimer(ITIMER_PROF, &limit, NULL);
  find_lines();
  uint64_t first = analyze();
  if (number % 16 == 0 && analyze() != first) fault("a second reading gave another answer");
  report->sources++;
  munmap(room, size + page);
}

static uint64_t next(void) {
  seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
  return seed;
}

static size_t below(size_t limit) { return limit ? next() % limit : 0; }

static const char *const tokens[] = {"(", ")", "{", "}", "[", "]", "<", ">", "\"", "'", "`", "\\", "#", "/*", "*/", "//",
                                     "\n", "\r", "\r\n", "\t", "::", "->", "=>", ";", ":", ",", "=", "@", "$", "!", "...",
                                     "\xEF\xBB\xBF", "\xFF\xFE", "\xC3", "\xED\xA0\x80", "class ", "def ", "fn ", "import ",
                                     "<!--", "```", "---", "\"\"\""};

/* One random change of `bytes`, which has room for 64 more; the new length. */
static size_t change(uint8_t *bytes, size_t count) {
  size_t at = below(count + 1), length = 1 + below(16), other;
  switch (below(6)) {
    case 0:
      if (at < count) bytes[at] = (uint8_t)next();
      return count;
    case 1:
      if (at < count) bytes[at] ^= (uint8_t)(1u << below(8));
      return count;
    case 2:
      if (length > count - at) length = count - at;
      memmove(bytes + at, bytes + at + length, count - at - length);
      return count - length;
    case 3:
      if (length > count) return count;
      other = below(count - length + 1);
      memmove(bytes + at + length, bytes + at, count - at);
      if (other + length > at) other = at >= length ? at - length : other;
      memmove(bytes + at, bytes + other, length);
      return count + length;
    case 4: {
      const char *token = tokens[below(sizeof tokens / sizeof *tokens)];
      length = strlen(token);
      memmove(bytes + at + length, bytes + at, count - at);
      memcpy(bytes + at, token, length);
      return count + length;
    }
    default:
      memmove(bytes + at + 1, bytes + at, count - at);
      bytes[at] = below(4) ? 0 : 0xFF;
      return count + 1;
  }
}

static uint64_t seed_of(uint64_t base, size_t number) {
  seed = base + 0x9E3779B97F4A7C15ull * (number + 1);
  for (int i = 0; i < 4; i++) next();
  return seed;
}

/* The source with that number: its bytes, new; NULL behind the last. */
typedef struct { const char *mode; uint64_t seed; size_t step, count; } Plan;
static uint8_t *make(const Plan *plan, size_t number, const char **path, size_t *count) {
  if (plan->mode[0] == 'm') {
    if (number >= plan->count || !file_count) return NULL;
    seed_of(plan->seed, number);
    const File *file = &files[number % file_count];
    uint8_t *bytes = malloc(file->count + 8 * 64);
    memcpy(bytes, file->bytes, file->count);
    *path = file->path, *count = file->count;
    for (size_t i = 0, changes = 1 + below(8); i < changes; i++) *count = change(bytes, *count);
    return bytes;
  }
  for (size_t i = 0; i < file_count; i++) {
    size_t pieces = plan->mode[0] == 'w' ? 1 : files[i].count / plan->step + 1;
    if (number < pieces) {
      *path = files[i].path, *count = plan->mode[0] == 'w' ? files[i].count : number * plan->step;
      uint8_t *bytes = malloc(*count + 1);
      memcpy(bytes, files[i].bytes, *count);
      return bytes;
    }
    number -= pieces;
  }
  return NULL;
}

static void run_batch(const Plan *plan, size_t first) {
  struct rlimit memory = {3ul << 30, 3ul << 30}, stack = {64 << 20, 64 << 20};
  setrlimit(RLIMIT_AS, &memory), setrlimit(RLIMIT_STACK, &stack);
  for (size_t number = first; number < first + BATCH; number++) {
    const char *path;
    size_t count;
    uint8_t *bytes = make(plan, number, &path, &count);
    if (!bytes) break;
    report->done = number;
    read_source(path, bytes, count, number);
    free(bytes);
    if (report->faults) _exit(1);
  }
  _exit(0);
}

/* Runs everything; how many sources were bad. */
static int run(const Plan *plan) {
  int bad = 0;
  size_t first = 0, sources = 0, symbols = 0, refused = 0, count;
  const char *path;
  for (uint8_t *bytes; (bytes = make(plan, first, &path, &count)); ) {
    free(bytes);
    memset(report, 0, sizeof *report);
    pid_t child = fork();
    if (!child) run_batch(plan, first);
    int status;
    waitpid(child, &status, 0);
    sources += report->sources, symbols += report->symbols, refused += report->refused;
    if (WIFEXITED(status) && !WEXITSTATUS(status)) { first += BATCH; continue; }
    const char *what = report->what;
    if (WIFSIGNALED(status)) what = WTERMSIG(status) == SIGPROF ? "does not come back" : strsignal(WTERMSIG(status));
    bytes = make(plan, report->done, &path, &count);
    printf("  %.*s: %s, source %zu: %s\n", (int)analyzer->id.length, analyzer->id.data, path, report->done, what);
    if (bad++ < KEPT) {
      char name[100];
      snprintf(name, sizeof name, "hostile-%.*s-%zu.bin", (int)analyzer->id.length, analyzer->id.data, report->done);
      FILE *file = fopen(name, "wb");
      if (file) fwrite(bytes, 1, count, file), fclose(file);
    }
    free(bytes);
    if (bad >= KEPT) { printf("  no more after %d\n", bad); break; }
    first = report->done + 1;
  }
  printf("%.*s %s: %zu sources, %zu not its own, %zu symbols, %d bad\n", (int)analyzer->id.length, analyzer->id.data,
         plan->mode, sources, refused, symbols, bad);
  return bad;
}

static void read_files(void) {
  char line[8192];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    FILE *file = fopen(line, "rb");
    if (!file) continue;
    files = realloc(files, (file_count + 1) * sizeof *files);
    File *f = &files[file_count++];
    f->path = strdup(line);
    fseek(file, 0, SEEK_END);
    f->bytes = malloc((size_t)ftell(file) + 1);
    rewind(file);
    f->count = fread(f->bytes, 1, 1ul << 30, file);
    fclose(file);
  }
}

static void describe(void) {
  printf("id %.*s\n", (int)analyzer->id.length, analyzer->id.data);
  for (uint32_t i = 0; i < analyzer->suffix_count; i++)
    printf("suffix %.*s\n", (int)analyzer->suffixes[i].length, analyzer->suffixes[i].data);
  for (uint32_t i = 0; i < analyzer->file_name_count; i++)
    printf("name %.*s\n", (int)analyzer->file_names[i].length, analyzer->file_names[i].data);
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: hostile ANALYZER.so describe|whole|truncate STEP|mutate SEED COUNT\n"), 2;
  void *object = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!object) return fprintf(stderr, "%s\n", dlerror()), 2;
  const codira_analyzer *(*entry)(uint32_t) = (const codira_analyzer *(*)(uint32_t))dlsym(object, "codira_analyzer_entry");
  if (!entry || !(analyzer = entry(CODIRA_ABI_VERSION))) return fprintf(stderr, "%s: no analyzer\n", argv[1]), 2;
  if (!strcmp(argv[2], "describe")) return describe(), 0;
  Plan plan = {argv[2], 0, 1000, 0};
  if (argv[2][0] == 't' && argc > 3) plan.step = strtoull(argv[3], NULL, 10);
  if (argv[2][0] == 'm' && argc > 4) plan.seed = strtoull(argv[3], NULL, 10), plan.count = strtoull(argv[4], NULL, 10);
  read_files();
  report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  codira_host host = {.size = sizeof host, .abi_version = CODIRA_ABI_VERSION};
  codira_project project = {sizeof project, NULL, 0};
  codira_string reason = {0, 0};
  instance = analyzer->create(&host, (codira_string){"{}", 2}, &project, &reason);
  if (!instance) return fprintf(stderr, "%.*s\n", (int)reason.length, reason.data), 2;
  setvbuf(stdout, NULL, _IOLBF, 0);
  return run(&plan) ? 1 : 0;
}
