/* What the analyzer says of itself, and its life: one instance, one file after the other. */
#include <stdlib.h>

#include "reader.h"

struct codira_instance {
  report report;
};

static bool is_utf16(const codira_source *source) {
  if (source->byte_count < 2) return false;
  return (source->bytes[0] == 0xFF && source->bytes[1] == 0xFE) ||
         (source->bytes[0] == 0xFE && source->bytes[1] == 0xFF);
}

static int32_t read_and_send(report *report, const codira_source *source, const codira_sink *sink) {
  if (setjmp(report->memory.failed) != 0) {
    sink->message(sink->context, TEXT("Memory is out."));
    return CODIRA_RESULT_FAILED;
  }
  if (!read_source(report, source, sink)) {
    sink->message(sink->context, TEXT("Stopped by the host."));
    return CODIRA_RESULT_FAILED;
  }
  return report_send(report, sink);
}

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  if (is_utf16(source)) return CODIRA_RESULT_NOT_MINE;
  instance->report = (report){.source = source};
  int32_t result = read_and_send(&instance->report, source, sink);
  memory_free(&instance->report.memory);
  return result;
}

static codira_instance *create(const codira_host *host, codira_string configuration,
                               const codira_project *project, codira_string *reason) {
  (void)host, (void)configuration, (void)project;
  codira_instance *instance = calloc(1, sizeof *instance);
  if (instance == NULL) *reason = TEXT("Memory is out.");
  return instance;
}

static void destroy(codira_instance *instance) { free(instance); }

#define CONSTANT(literal) {.data = literal, .length = sizeof(literal) - 1}
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const codira_string languages[] = {CONSTANT("__NAME__")};
static const codira_string suffixes[] = {CONSTANT("__SUFFIX__")};

static const codira_analyzer analyzer = {
    .size = sizeof analyzer,
    .abi_version = CODIRA_ABI_VERSION,
    .capabilities = CODIRA_CAPABILITY_MODULE | CODIRA_CAPABILITY_TYPE | CODIRA_CAPABILITY_CALLABLE |
                    CODIRA_CAPABILITY_IMPORT | CODIRA_CAPABILITY_DOCUMENTATION,
    .threads = CODIRA_THREADS_INDEPENDENT,
    .id = CONSTANT("__NAME__"),
    .version = CONSTANT("1"),
    .languages = languages,
    .suffixes = suffixes,
    .language_count = COUNT(languages),
    .suffix_count = COUNT(suffixes),
    .create = create,
    .analyze = analyze,
    .destroy = destroy,
};

const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  return host_abi < CODIRA_ABI_VERSION ? NULL : &analyzer;
}
