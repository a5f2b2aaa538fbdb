/* An analyzer of a tiny language that keeps every rule of `codira plugins check`, but the one that BAD names.
 *
 * `def NAME` at the start of a line begins a function, which ends before the next blank line, comment (`#`) or
 * `def`; `use NAME` in it is a call; `## …` is documentation; `?` begins a line that is broken. */
#define _GNU_SOURCE
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "codira_analyzer.h"

enum bad {
  b_none, b_one_export, b_no_text_relocations, b_known_libraries, b_no_executable_stack, b_loads, b_descriptor,
  b_shared_object, b_entry_stable, b_entry_older_host, b_entry_newer_host, b_claims_files, b_schema_is_json,
  b_unknown_extension, b_create_again, b_create_refuses, b_project_broken, b_samples_read, b_well_formed,
  b_ids_unique, b_ids_well_formed, b_parents_exist, b_parents_first, b_ranges_true, b_name_inside, b_name_matches,
  b_payload_spans, b_signature_one_line, b_capabilities, b_candidates_well_formed, b_references_ordered,
  b_owner_contains, b_documentation_formats, b_text_well_formed, b_accepted, b_same_again,
  b_same_in_another_process, b_same_in_any_order, b_same_after_trouble, b_same_on_threads, b_ids_survive_lines,
  b_ids_survive_line_ends, b_ids_survive_mark, b_ids_survive_appending, b_ids_survive_reordering,
  b_ids_survive_body_edit, b_renaming_renames, b_payload_covers_body, b_empty_source, b_truncated_source,
  b_random_bytes, b_ill_formed_text, b_nul_bytes, b_deep_nesting, b_long_line, b_broken_is_data,
  b_partial_has_diagnostics, b_linear_time, b_huge_source, b_memory_growth, b_stops_when_asked, b_quiet_output,
  b_quiet_errors, b_signals_untouched, b_rounding_untouched, b_locale_untouched, b_folder_untouched,
  b_no_threads_left, b_no_descriptors_left,
  b_no_forbidden_calls
};
#ifndef BAD
#define BAD b_none
#endif
#define IS(name) (BAD == b_##name)
#define TEXT(literal) {literal, sizeof(literal) - 1}

#ifdef BAD_EXPORT
int exported_by_mistake(void) { return 1; }
#endif
#ifdef BAD_UNDEFINED
extern int defined_nowhere(void);
#endif
#ifdef BAD_RELOCATION
__asm__(".section .rodata.rules,\"a\"\n.balign 8\n.quad rules_local\nrules_local: .byte 0\n.text\n");
#endif

static codira_string text(const char *value) { return (codira_string){value, strlen(value)}; }
static volatile uint64_t work;

typedef struct line {
  uint32_t start, end, number; /* end: without what ends the line */
} line;

typedef struct function {
  uint32_t first, last; /* lines */
  uint32_t name, name_end;
  uint32_t ordinal, same; /* which of how many of this name */
  char id[512];
} function;

struct codira_instance {
  line *lines;
  function *functions;
  size_t line_count, function_count;
  unsigned calls;
  uint64_t last, other;
  int is_spoilt, has_cr;
};

static int is_name(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
}

static int begins(const codira_source *source, const line *at, const char *word) {
  size_t length = strlen(word);
  return at->end - at->start >= length && memcmp(source->bytes + at->start, word, length) == 0;
}

static codira_position place(const line *at, uint32_t offset) {
  return (codira_position){offset, at->number, offset - at->start + 1};
}

static void split(codira_instance *own, const codira_source *source) {
  own->lines = malloc((source->byte_count + 1) * sizeof(line));
  own->line_count = 0;
  own->has_cr = memchr(source->bytes, '\r', source->byte_count) != NULL;
  uint32_t start = 0, number = 1;
  for (size_t i = 0; i <= source->byte_count; i++) {
    int is_end = i == source->byte_count;
    if (!is_end && source->bytes[i] != '\n' && source->bytes[i] != '\r') continue;
    own->lines[own->line_count++] = (line){start, (uint32_t)i, number++};
    if (!is_end && source->bytes[i] == '\r' && i + 1 < source->byte_count && source->bytes[i + 1] == '\n') i += 1;
    start = (uint32_t)i + 1;
  }
  /* A byte order mark is no part of the first line. */
  if (source->byte_count >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0) own->lines[0].start = 3;
}

/* Counts the definitions of each name: a table of hashes, so that time stays linear. */
static void count_names(codira_instance *own, const codira_source *source) {
  size_t size = 16;
  while (size < 2 * own->function_count) size *= 2;
  function **table = calloc(size, sizeof *table);
  function **firsts = calloc(own->function_count + 1, sizeof *firsts);
  for (size_t i = 0; i < own->function_count; i++) {
    function *each = &own->functions[i];
    uint32_t length = each->name_end - each->name;
    if (IS(renaming_renames) && length > 3 && memcmp(source->bytes + each->name, "odd", 3) == 0) length = 3;
    uint64_t hash = 1469598103934665603u;
    for (uint32_t k = 0; k < length; k++) hash = (hash ^ source->bytes[each->name + k]) * 1099511628211u;
    size_t at = hash & (size - 1);
    for (; table[at] != NULL; at = (at + 1) & (size - 1)) {
      uint32_t other = table[at]->name_end - table[at]->name;
      if (IS(renaming_renames) && other > 3 && memcmp(source->bytes + table[at]->name, "odd", 3) == 0) other = 3;
      if (other == length && memcmp(source->bytes + table[at]->name, source->bytes + each->name, length) == 0) break;
    }
    if (table[at] == NULL) table[at] = each;
    firsts[i] = table[at];
    each->ordinal = table[at]->same++;
  }
  for (size_t i = 0; i < own->function_count; i++) own->functions[i].same = firsts[i]->same;
  free(firsts);
  free(table);
}

static uint32_t body_hash(const codira_instance *own, const codira_source *source, const function *each) {
  uint32_t hash = 17;
  for (uint32_t i = each->first + 1; i <= each->last; i++)
    for (uint32_t k = own->lines[i].start; k < own->lines[i].end; k++)
      if (is_name(source->bytes[k])) hash = hash * 31 + source->bytes[k];
  return hash;
}

static int is_odd(const codira_source *source, const function *each) {
  return each->name_end - each->name == 3 && memcmp(source->bytes + each->name, "odd", 3) == 0;
}

/* The mark in the parentheses of an id: `;+1`, or what the rule in question should not let stand there. */
static void write_mark(char *mark, size_t size, codira_instance *own, const codira_source *source, function *each) {
  int has_mark = source->byte_count >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0;
  size_t index = (size_t)(each - own->functions);
  if (IS(ids_survive_appending)) each->ordinal = each->same - 1 - each->ordinal;
  mark[0] = 0;
  if (each->ordinal > 0 && !IS(ids_unique)) snprintf(mark, size, ";+%u", each->ordinal);
  if (IS(ids_survive_lines) && is_odd(source, each)) snprintf(mark, size, ";+%u", own->lines[each->first].number);
  if (IS(ids_survive_line_ends) && own->has_cr && each->ordinal == 0)
    snprintf(mark, size, ";crlf");
  if (IS(ids_survive_mark) && has_mark && each->ordinal == 0) snprintf(mark, size, ";bom");
  if (IS(ids_survive_reordering)) snprintf(mark, size, ";+%zu", index + 1);
  if (IS(ids_survive_body_edit) && each->ordinal == 0)
    snprintf(mark, size, ";h%u", body_hash(own, source, each));
}

static void write_id(codira_instance *own, const codira_source *source, const char *module, function *each) {
  char mark[64];
  int length = (int)(each->name_end - each->name);
  if (length > 200) length = 200;
  if (IS(renaming_renames) && length > 3 && memcmp(source->bytes + each->name, "odd", 3) == 0) length = 3;
  write_mark(mark, sizeof mark, own, source, each);
  const char *format = IS(ids_well_formed) && is_odd(source, each) ? "%s %.*s(%s)." : "%s%.*s(%s).";
  snprintf(each->id, sizeof each->id, format, module, length, (const char *)source->bytes + each->name, mark);
}

static void find_functions(codira_instance *own, const codira_source *source) {
  own->functions = malloc((own->line_count + 1) * sizeof(function));
  own->function_count = 0;
  function *open = NULL;
  for (size_t i = 0; i < own->line_count; i++) {
    const line *at = &own->lines[i];
    if (begins(source, at, "def ") && at->start + 4 < at->end && is_name(source->bytes[at->start + 4])) {
      open = &own->functions[own->function_count++];
      memset(open, 0, sizeof *open);
      open->first = open->last = (uint32_t)i;
      open->name = open->name_end = at->start + 4;
      while (open->name_end < at->end && open->name_end - open->name < 200 && is_name(source->bytes[open->name_end]))
        open->name_end += 1;
    } else if (at->start == at->end || source->bytes[at->start] == '#') {
      open = NULL;
    } else if (open != NULL) {
      open->last = (uint32_t)i;
    }
  }
  count_names(own, source);
}

static void send_function(codira_instance *own, const codira_source *source, const char *module, function *each,
                          const codira_sink *sink) {
  const line *first = &own->lines[each->first], *last = &own->lines[each->last];
  int odd = is_odd(source, each);
  size_t count = each->last - each->first + 1;
  codira_span *spans = malloc(count * sizeof *spans);
  size_t used = 0;
  for (uint32_t i = each->first; i <= each->last; i++)
    if (own->lines[i].start < own->lines[i].end) spans[used++] = (codira_span){own->lines[i].start, own->lines[i].end};
  if (IS(payload_covers_body)) used = 1;
  if (IS(payload_spans) && odd && used > 1) spans[1].start = spans[0].start;
  char signature[512];
  int length = (int)(first->end - first->start);
  if (length > 300) length = 300;
  while (length > 0 && length == 300 && (source->bytes[first->start + length] & 0xC0) == 0x80) length -= 1;
  if (IS(text_well_formed) && odd && length > 9) length = 9;
  int written = snprintf(signature, sizeof signature, "%.*s", length, (const char *)source->bytes + first->start);
  if (IS(signature_one_line) && odd) written += sprintf(signature + written, "\nand more");
  if (IS(same_in_another_process)) written += sprintf(signature + written, " in %d", (int)getpid());
  if (IS(same_in_any_order)) written += sprintf(signature + written, " after %llu", (unsigned long long)own->other);
  if (IS(same_after_trouble) && own->is_spoilt) written += sprintf(signature + written, " after trouble");
  codira_symbol symbol = {
      .size = sizeof symbol, .kind = CODIRA_KIND_FUNCTION, .parameters_max = -1, .id = text(each->id),
      .parent = text(module), .name = {(const char *)source->bytes + each->name, each->name_end - each->name},
      .qualified_name = {(const char *)source->bytes + each->name, each->name_end - each->name},
      .signature = {signature, (size_t)written},
      .range = {place(first, first->start), place(last, last->end)},
      .name_range = {place(first, each->name), place(first, each->name_end)},
      .payload = spans, .payload_count = (uint32_t)used,
  };
  if (IS(same_again) && own->calls % 2 == 0) symbol.visibility = CODIRA_VISIBILITY_PRIVATE;
  if (IS(well_formed) && odd) symbol.kind = 99;
  if (IS(accepted) && odd) symbol.parameters_min = -3;
  if (IS(parents_exist) && odd) symbol.parent = text("fix nowhere().");
  if (IS(ranges_true) && odd) symbol.range.end.line += 1;
  if (IS(name_inside) && odd) symbol.range.start = symbol.name_range.end;
  if (IS(name_matches) && odd) symbol.name_range = (codira_range){place(first, first->start), place(first, first->start + 3)};
  sink->symbol(sink->context, &symbol);
  free(spans);
}

static void send_use(codira_instance *own, const codira_source *source, const char *module, size_t index,
                     const function *owner, const codira_sink *sink) {
  const line *at = &own->lines[index];
  uint32_t start = at->start;
  while (start < at->end && source->bytes[start] == ' ') start += 1;
  if (at->end - start < 5 || memcmp(source->bytes + start, "use ", 4) != 0 || !is_name(source->bytes[start + 4])) return;
  start += 4;
  uint32_t end = start;
  while (end < at->end && is_name(source->bytes[end])) end += 1;
  codira_candidate candidate = {text(IS(candidates_well_formed) ? "no id at all" : module), NULL, 0, 0};
  codira_reference reference = {
      .size = sizeof reference, .role = CODIRA_ROLE_CALL, .argument_count = -1,
      .owner = text(owner == NULL ? module : owner->id), .name = {(const char *)source->bytes + start, end - start},
      .range = {place(at, start), place(at, end)}, .candidates = &candidate, .candidate_count = 1,
  };
  if (IS(owner_contains)) reference.owner = text(own->functions[0].id);
  sink->reference(sink->context, &reference);
}

static void send_uses(codira_instance *own, const codira_source *source, const char *module, const codira_sink *sink) {
  size_t next = 0;
  const function **owners = calloc(own->line_count, sizeof *owners);
  for (size_t i = 0; i < own->line_count; i++) {
    while (next < own->function_count && own->functions[next].last < i) next += 1;
    if (next < own->function_count && own->functions[next].first <= i) owners[i] = &own->functions[next];
  }
  for (size_t k = 0; k < own->line_count; k++) {
    size_t i = IS(references_ordered) ? own->line_count - 1 - k : k;
    send_use(own, source, module, i, owners[i], sink);
  }
  free(owners);
}

static int send_rest(codira_instance *own, const codira_source *source, const char *module, const codira_sink *sink) {
  int is_broken = 0, has_documentation = 0;
  for (size_t i = 0; i < own->line_count; i++) {
    const line *at = &own->lines[i];
    codira_range range = {place(at, at->start), place(at, at->end)};
    if (begins(source, at, "?")) {
      codira_diagnostic diagnostic = {.size = sizeof diagnostic, .severity = CODIRA_SEVERITY_ERROR,
                                      .code = TEXT("syntax"), .message = TEXT("a broken line"), .range = range};
      sink->diagnostic(sink->context, &diagnostic);
      is_broken = 1;
    } else if (begins(source, at, "## ") && !has_documentation) {
      has_documentation = 1;
      codira_documentation piece = {
          .size = sizeof piece, .id = text(module), .owner = text(module),
          .format = text(IS(documentation_formats) ? "some format" : "plain"),
          .text = {(const char *)source->bytes + at->start + 3, at->end - at->start - 3}, .range = range};
      sink->documentation(sink->context, &piece);
    }
  }
  return is_broken;
}

static void send_module(codira_instance *own, const codira_source *source, const char *module, const char *name,
                        size_t length, const codira_sink *sink) {
  const line *last = &own->lines[own->line_count - 1];
  codira_symbol symbol = {
      .size = sizeof symbol, .kind = CODIRA_KIND_MODULE, .parameters_max = -1, .id = text(module),
      .name = {name, length}, .qualified_name = {name, length},
      .range = {{0, 1, 1}, {(uint32_t)source->byte_count, last->number, 0}}, .name_range = {{0, 1, 1}, {0, 1, 1}},
  };
  /* The first line begins behind a byte order mark, whose bytes count all the same. */
  uint32_t start = own->line_count == 1 ? 0 : last->start;
  symbol.range.end.column = (uint32_t)source->byte_count - start + 1;
  sink->symbol(sink->context, &symbol);
}

static size_t count_run(const codira_source *source, uint8_t byte) {
  size_t run = 0, longest = 0;
  for (size_t i = 0; i < source->byte_count; i++) {
    run = source->bytes[i] == byte ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

static int ends_with(const codira_source *source, const char *word) {
  size_t length = strlen(word);
  return source->byte_count >= length && memcmp(source->bytes + source->byte_count - length, word, length) == 0;
}

/* Dies of the sources that the rule in question is about. */
static void die_of(const codira_instance *own, const codira_source *source) {
  size_t high = 0;
  for (size_t i = 0; i < source->byte_count; i++) high += source->bytes[i] >= 0x80;
  if (IS(empty_source) && source->byte_count == 0) __builtin_trap();
  if (IS(truncated_source) && ends_with(source, "use last")) __builtin_trap();
  if (IS(random_bytes) && source->byte_count > 6 && high > source->byte_count / 4) __builtin_trap();
  if (IS(ill_formed_text) && memmem(source->bytes, source->byte_count, "\xED\xA0\x80", 3)) __builtin_trap();
  if (IS(nul_bytes) && count_run(source, 0) > 2) __builtin_trap();
  if (IS(deep_nesting) && count_run(source, '(') > 10000) __builtin_trap();
  if (IS(long_line) && count_run(source, 'a') > 200000) __builtin_trap();
  if (IS(huge_source) && source->byte_count > 3 << 19) __builtin_trap();
  (void)own;
}

static void *sleep_on(void *unused) {
  for (;;) sleep(1000);
  return unused;
}

/* What the rule in question is about, beside the artifacts. */
static void misbehave(codira_instance *own, const codira_source *source) {
  static int is_done;
  uint64_t hash = 7;
  for (size_t i = 0; i < source->byte_count; i++) hash = hash * 31 + source->bytes[i];
  if (hash != own->last) own->other = own->last, own->last = hash;
  if (memchr(source->bytes, 0, source->byte_count)) own->is_spoilt = 1;
  own->calls += 1;
  if (IS(linear_time)) for (size_t i = 0, n = source->byte_count; i < n * n / 256; i++) work += i;
  if (IS(stops_when_asked)) for (size_t i = 0; i < source->byte_count * 2000; i++) work += i;
  if (IS(memory_growth)) work += (uint64_t)malloc(1000);
  if (IS(quiet_output)) printf("reading\n");
  if (IS(quiet_errors)) fprintf(stderr, "reading\n");
  if (is_done) return;
  is_done = 1;
  pthread_t thread;
  if (IS(signals_untouched)) signal(SIGUSR1, SIG_IGN);
  if (IS(rounding_untouched)) fesetround(FE_UPWARD);
  if (IS(locale_untouched)) setlocale(LC_ALL, "C.UTF-8");
  if (IS(folder_untouched)) umask(0077);
  if (IS(no_threads_left)) pthread_create(&thread, NULL, sleep_on, NULL);
  if (IS(no_forbidden_calls)) close(socket(AF_UNIX, SOCK_STREAM, 0));
  if (IS(no_descriptors_left)) work += (uint64_t)dup(0);
}

static int32_t fail(const codira_sink *sink, const char *why) {
  sink->message(sink->context, text(why));
  return CODIRA_RESULT_FAILED;
}

static int32_t report(codira_instance *own, const codira_source *source, const codira_sink *sink) {
  const char *name = source->path.data;
  size_t length = source->path.length;
  for (size_t i = 0; i < source->path.length; i++)
    if (source->path.data[i] == '/') name = source->path.data + i + 1, length = source->path.length - i - 1;
  char module[256];
  snprintf(module, sizeof module, "fix `%.*s`/", (int)(length > 200 ? 200 : length), name);
  if (!IS(parents_first)) send_module(own, source, module, name, length, sink);
  for (size_t i = 0; i < own->function_count; i++) {
    if (!IS(stops_when_asked) && i % 256 == 255 && sink->should_stop(sink->context)) return fail(sink, "stopped");
    write_id(own, source, module, &own->functions[i]);
    send_function(own, source, module, &own->functions[i], sink);
  }
  if (IS(parents_first)) send_module(own, source, module, name, length, sink);
  send_uses(own, source, module, sink);
  return send_rest(own, source, module, sink) ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK;
}

static int32_t analyze(codira_instance *own, const codira_source *source, const codira_sink *sink) {
  static int active;
  die_of(own, source);
  misbehave(own, source);
  int is_cut = source->byte_count > 0 && source->bytes[source->byte_count - 1] != '\n';
  if (IS(samples_read) && memmem(source->bytes, source->byte_count, "def odd", 7)) return CODIRA_RESULT_NOT_MINE;
  if (IS(broken_is_data) && is_cut && memmem(source->bytes, source->byte_count, "def ", 4))
    return fail(sink, "the last line has no end");
  int others = 0;
  if (IS(same_on_threads)) {
    others = __atomic_fetch_add(&active, 1, __ATOMIC_SEQ_CST);
    usleep(1000);
  }
  split(own, source);
  find_functions(own, source);
  int32_t result = report(own, source, sink);
  if (IS(same_on_threads)) {
    __atomic_fetch_sub(&active, 1, __ATOMIC_SEQ_CST);
    if (others > 0 && result == CODIRA_RESULT_OK) result = CODIRA_RESULT_NOT_MINE;
  }
  if (IS(partial_has_diagnostics) && is_cut) result = CODIRA_RESULT_PARTIAL;
  free(own->lines);
  free(own->functions);
  own->lines = NULL, own->functions = NULL;
  return result;
}

static codira_instance *create(const codira_host *host, codira_string configuration, const codira_project *project,
                               codira_string *reason) {
  static int count;
  (void)host;
  if (IS(create_again) && count++ > 0) {
    *reason = text("there is one already");
    return NULL;
  }
  if (IS(create_refuses) && (configuration.length != 2 || memcmp(configuration.data, "{}", 2) != 0)) __builtin_trap();
  for (size_t i = 0; IS(project_broken) && i < project->file_count; i++) {
    const codira_project_file *file = project->files[i];
    if (file->byte_count > 0 && file->bytes[0] == '[') {
      *reason = text("the project file is broken");
      return NULL;
    }
  }
#ifdef BAD_UNDEFINED
  work += (uint64_t)defined_nowhere();
#endif
  return calloc(1, sizeof(codira_instance));
}

static void destroy(codira_instance *own) { free(own); }

static const void *extension(const char *id) {
  (void)id;
  static const int thing;
  return IS(unknown_extension) ? &thing : NULL;
}

static const codira_string languages[] = {TEXT("fix")};
static const codira_string suffixes[] = {TEXT(".fix")};
static const codira_project_interest interests[] = {{TEXT("fix.project"), CODIRA_MATCH_NAME, 1}};

static const codira_analyzer analyzer = {
    .size = sizeof analyzer,
    .abi_version = CODIRA_ABI_VERSION,
    .capabilities = CODIRA_CAPABILITY_MODULE | CODIRA_CAPABILITY_DOCUMENTATION
                    | (IS(capabilities) ? 0 : CODIRA_CAPABILITY_CALLABLE),
    .threads = CODIRA_THREADS_INDEPENDENT,
    .id = TEXT("fix"),
    .version = {"1", IS(descriptor) ? 0 : 1},
    .configuration_schema = {IS(schema_is_json) ? "{an object" : "{\"a\": true}", 10 + !IS(schema_is_json)},
    .languages = languages,
    .suffixes = suffixes,
    .project_interests = interests,
    .language_count = 1,
    .suffix_count = IS(claims_files) ? 0 : 1,
    .project_interest_count = 1,
    .create = create,
    .analyze = analyze,
    .destroy = destroy,
    .extension = extension,
};

const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  static codira_analyzer copy;
  static int calls;
  if (host_abi < CODIRA_ABI_VERSION && !IS(entry_older_host)) return NULL;
  if (host_abi > CODIRA_ABI_VERSION && IS(entry_newer_host)) return NULL;
  if (IS(entry_stable) && host_abi == CODIRA_ABI_VERSION && calls++ > 0) {
    copy = analyzer;
    return &copy;
  }
  return &analyzer;
}
