#include <stdlib.h>

#include "codira_ini.h"
#include "document.h"

#define STRING(literal) {.data = literal, .length = sizeof(literal) - 1}

struct codira_instance {
  ini_document document;
};

/* The spans of an entry reach to the next section's: a section counts its keys' lines, the module the keys
 * above the first section, a key none. */
static size_t span_count(const ini_document *document, size_t index) {
  if (document->entries[index].kind == CODIRA_KIND_KEY) return 0;
  size_t next = index + 1;
  while (next < document->entry_count && document->entries[next].kind == CODIRA_KIND_KEY) next += 1;
  size_t end = next < document->entry_count ? document->entries[next].first_span : document->span_count;
  return end - document->entries[index].first_span;
}

static void send_entry(const ini_document *document, size_t index, const codira_sink *sink) {
  const ini_entry *entry = &document->entries[index];
  const ini_text *text = &document->text;
  size_t spans = span_count(document, index);
  codira_symbol symbol = {
      .size = sizeof symbol,
      .kind = entry->kind,
      .parameters_max = -1,
      .id = ini_text_string(text, entry->id),
      .parent = ini_text_string(text, entry->parent),
      .name = ini_text_string(text, entry->name),
      .qualified_name = ini_text_string(text, entry->qualified_name),
      .signature = ini_text_string(text, entry->signature),
      .documentation = ini_text_string(text, entry->documentation),
      .range = entry->range,
      .name_range = entry->name_range,
      .payload = spans == 0 ? NULL : document->spans + entry->first_span,
      .payload_count = (uint32_t)spans,
  };
  sink->symbol(sink->context, &symbol);
}

static void send_header(const ini_document *document, const codira_sink *sink) {
  const ini_entry *module = &document->entries[0];
  if (module->documentation.length == 0) return;
  codira_documentation header = {
      .size = sizeof header,
      .id = ini_text_string(&document->text, module->id),
      .owner = ini_text_string(&document->text, module->id),
      .format = STRING("plain"),
      .text = ini_text_string(&document->text, module->documentation),
      .range = document->header,
  };
  sink->documentation(sink->context, &header);
}

static void send_problem(const ini_problem *problem, const codira_sink *sink) {
  codira_diagnostic diagnostic = {
      .size = sizeof diagnostic,
      .severity = CODIRA_SEVERITY_WARNING,
      .code = STRING("syntax"),
      .message = {.data = problem->message},
      .range = problem->range,
  };
  while (problem->message[diagnostic.message.length] != 0) diagnostic.message.length += 1;
  sink->diagnostic(sink->context, &diagnostic);
}

static int32_t send(const ini_document *document, const codira_sink *sink) {
  for (size_t i = 0; i < document->entry_count; i++) {
    if (i % 1024 == 1023 && sink->should_stop(sink->context)) return CODIRA_RESULT_FAILED;
    send_entry(document, i, sink);
  }
  send_header(document, sink);
  for (size_t i = 0; i < document->problem_count; i++) send_problem(&document->problems[i], sink);
  return document->problem_count > 0 ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK;
}

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  ini_document *document = &instance->document;
  ini_read(document, source);
  int32_t result = CODIRA_RESULT_FAILED;
  if (document->failed) {
    sink->message(sink->context, (codira_string)STRING("Memory is out while reading this INI file."));
  } else {
    result = send(document, sink);
  }
  ini_clear(document);
  return result;
}

static codira_instance *create(const codira_host *host, codira_string configuration,
                               const codira_project *project, codira_string *reason) {
  (void)host, (void)configuration, (void)project;
  codira_instance *instance = calloc(1, sizeof *instance);
  if (instance == NULL) *reason = (codira_string)STRING("Memory is out.");
  return instance;
}

static void destroy(codira_instance *instance) { free(instance); }

static const codira_string languages[] = {STRING("ini")};
static const codira_string suffixes[] = {STRING(".ini"), STRING(".cfg")};
static const codira_string file_names[] = {
    STRING(".editorconfig"), STRING(".gitconfig"), STRING(".gitmodules"), STRING(".flake8"),
    STRING(".coveragerc"),   STRING(".pylintrc"),  STRING("pylintrc"),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const codira_analyzer analyzer = {
    .size = sizeof analyzer,
    .abi_version = CODIRA_ABI_VERSION,
    .capabilities = CODIRA_CAPABILITY_MODULE | CODIRA_CAPABILITY_VARIABLE | CODIRA_CAPABILITY_DOCUMENTATION,
    .threads = CODIRA_THREADS_INDEPENDENT,
    .id = STRING("ini"),
    .version = STRING("1"),
    .languages = languages,
    .suffixes = suffixes,
    .file_names = file_names,
    .language_count = COUNT(languages),
    .suffix_count = COUNT(suffixes),
    .file_name_count = COUNT(file_names),
    .create = create,
    .analyze = analyze,
    .destroy = destroy,
};

const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  return host_abi < CODIRA_ABI_VERSION ? NULL : &analyzer;
}
