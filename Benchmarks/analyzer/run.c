/* Runs one analyzer over files in this process, through the C interface alone.
 *
 *   cc -O2 -I../../Sources/CCodiraAnalyzer/include run.c -ldl -o run
 *   ./run ANALYZER.so time < list-of-paths     files, bytes, artifacts, CPU seconds inside analyze()
 *   ./run ANALYZER.so dump < list-of-paths     artifacts as JSON lines
 *
 * Paths are relative to the current directory and stand for the repository's. */
#include <codira_analyzer.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static size_t counts[4];

static void text(const char *key, codira_string s) {
  printf(",\"%s\":\"", key);
  for (size_t i = 0; i < s.length; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c == '"' || c == '\\') printf("\\%c", c);
    else if (c < 32) printf("\\u%04x", c);
    else putchar(c);
  }
  putchar('"');
}

static void candidates(const char *key, const codira_candidate *list, uint32_t count) {
  printf(",\"%s\":[", key);
  for (uint32_t i = 0; i < count; i++) {
    printf("%s{\"flags\":%u", i ? "," : "", list[i].flags);
    text("root", list[i].root);
    printf(",\"members\":[");
    for (uint32_t j = 0; j < list[i].member_count; j++)
      printf("%s\"%.*s\"", j ? "," : "", (int)list[i].members[j].length, list[i].members[j].data);
    printf("]}");
  }
  printf("]");
}

static void place(const char *key, codira_range r) {
  printf(",\"%s\":[%u,%u,%u,%u]", key, r.start.line, r.start.column, r.end.line, r.end.column);
}

static void dump_symbol(void *path, const codira_symbol *s) {
  printf("{\"type\":\"symbol\",\"path\":\"%s\",\"kind\":%u,\"visibility\":%u,\"flags\":%u,\"min\":%d,\"max\":%d",
         (char *)path, s->kind, s->visibility, s->flags, s->parameters_min, s->parameters_max);
  text("id", s->id), text("parent", s->parent), text("name", s->name), text("qualified_name", s->qualified_name);
  text("signature", s->signature), text("documentation", s->documentation);
  place("range", s->range), place("name_range", s->name_range);
  candidates("aliases", s->aliases, s->alias_count);
  printf(",\"value_types\":[");
  for (uint32_t i = 0; i < s->value_type_count; i++) {
    printf("%s{\"path\":[", i ? "," : "");
    for (uint32_t j = 0; j < s->value_types[i].path_count; j++)
      printf("%s\"%.*s\"", j ? "," : "", (int)s->value_types[i].path[j].length, s->value_types[i].path[j].data);
    printf("]");
    candidates("candidates", s->value_types[i].candidates, s->value_types[i].candidate_count);
    printf("}");
  }
  printf("],\"payload\":[");
  for (uint32_t i = 0; i < s->payload_count; i++)
    printf("%s[%u,%u]", i ? "," : "", s->payload[i].start, s->payload[i].end);
  printf("]}\n");
}

static void dump_reference(void *path, const codira_reference *r) {
  printf("{\"type\":\"reference\",\"path\":\"%s\",\"role\":%u,\"flags\":%u,\"arguments\":%d,\"external_kind\":%u",
         (char *)path, r->role, r->flags, r->argument_count, r->external_kind);
  text("owner", r->owner), text("name", r->name), text("receiver", r->receiver), text("external", r->external);
  place("range", r->range);
  candidates("candidates", r->candidates, r->candidate_count);
  printf(",\"labels\":[");
  for (uint32_t i = 0; i < r->label_count; i++)
    printf("%s\"%.*s\"", i ? "," : "", (int)r->labels[i].length, r->labels[i].data);
  printf("]}\n");
}

static void dump_documentation(void *path, const codira_documentation *d) {
  printf("{\"type\":\"documentation\",\"path\":\"%s\"", (char *)path);
  text("id", d->id), text("owner", d->owner), text("format", d->format), text("text", d->text);
  place("range", d->range);
  printf("}\n");
}

static void dump_diagnostic(void *path, const codira_diagnostic *d) {
  printf("{\"type\":\"diagnostic\",\"path\":\"%s\",\"severity\":%u", (char *)path, d->severity);
  text("code", d->code), text("message", d->message), place("range", d->range);
  printf("}\n");
}

static void count_symbol(void *path, const codira_symbol *s) { (void)path, (void)s, counts[0]++; }
static void count_reference(void *path, const codira_reference *r) {
  (void)path, counts[1]++, counts[2] += r->candidate_count;
}
static void count_documentation(void *path, const codira_documentation *d) { (void)path, (void)d, counts[3]++; }
static void count_diagnostic(void *path, const codira_diagnostic *d) { (void)path, (void)d; }

static void message(void *path, codira_string m) {
  fprintf(stderr, "%s: %.*s\n", (char *)path, (int)m.length, m.data);
}
static int32_t should_stop(void *path) { return (void)path, 0; }

static uint8_t *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(*length + 1);
  *length = fread(bytes, 1, *length, file);
  fclose(file);
  return bytes;
}

static char **paths;
static size_t path_count;

static void read_list(void) {
  char line[8192];
  size_t capacity = 0;
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (path_count == capacity) paths = realloc(paths, (capacity = capacity ? capacity * 2 : 1024) * sizeof *paths);
    paths[path_count++] = strdup(line);
  }
}

static int wanted(const codira_analyzer *analyzer, const char *path) {
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  size_t length = strlen(name);
  for (uint32_t i = 0; i < analyzer->project_interest_count; i++) {
    codira_string p = analyzer->project_interests[i].pattern;
    if (p.length > length || memcmp(name + length - p.length, p.data, p.length)) continue;
    if (analyzer->project_interests[i].match == CODIRA_MATCH_SUFFIX || p.length == length) return 1;
  }
  return 0;
}

static codira_project project_view(const codira_analyzer *analyzer) {
  const codira_project_file **files = malloc((path_count + 1) * sizeof *files);
  codira_project project = {sizeof project, files, 0};
  for (size_t i = 0; i < path_count; i++) {
    if (!wanted(analyzer, paths[i])) continue;
    codira_project_file *file = calloc(1, sizeof *file);
    file->size = sizeof *file;
    file->path = (codira_string){paths[i], strlen(paths[i])};
    file->bytes = read_file(paths[i], &file->byte_count);
    files[project.file_count++] = file;
  }
  return project;
}

static double cpu(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc != 3) return fprintf(stderr, "usage: run ANALYZER.so time|dump < list-of-paths\n"), 2;
  int dump = !strcmp(argv[2], "dump");
  void *object = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  if (!object) return fprintf(stderr, "%s\n", dlerror()), 2;
  const codira_analyzer *(*entry)(uint32_t) = (const codira_analyzer *(*)(uint32_t))dlsym(object, "codira_analyzer_entry");
  const codira_analyzer *analyzer = entry(CODIRA_ABI_VERSION);
  read_list();
  codira_project project = project_view(analyzer);
  codira_host host = {.size = sizeof host, .abi_version = CODIRA_ABI_VERSION};
  codira_string reason = {0, 0};
  codira_instance *instance = analyzer->create(&host, (codira_string){"{}", 2}, &project, &reason);
  if (!instance) return fprintf(stderr, "%.*s\n", (int)reason.length, reason.data), 1;
  codira_sink sink = {sizeof sink,
                      NULL,
                      dump ? dump_symbol : count_symbol,
                      dump ? dump_reference : count_reference,
                      dump ? dump_documentation : count_documentation,
                      dump ? dump_diagnostic : count_diagnostic,
                      message,
                      should_stop};
  double seconds = 0;
  size_t bytes = 0, results[4] = {0};
  for (size_t i = 0; i < path_count; i++) {
    codira_source source = {.size = sizeof source, .path = {paths[i], strlen(paths[i])}};
    source.bytes = read_file(paths[i], &source.byte_count);
    if (!source.bytes) continue;
    sink.context = paths[i];
    double start = cpu();
    int32_t result = analyzer->analyze(instance, &source, &sink);
    seconds += cpu() - start;
    if (result >= 0 && result < 4) results[result]++;
    bytes += source.byte_count;
    free((void *)source.bytes);
  }
  analyzer->destroy(instance);
  if (!dump)
    printf("files %zu (partial %zu, not mine %zu, failed %zu) bytes %zu symbols %zu references %zu candidates %zu "
           "documentation %zu seconds %.3f\n",
           path_count, results[1], results[2], results[3], bytes, counts[0], counts[1], counts[2], counts[3], seconds);
  return 0;
}
