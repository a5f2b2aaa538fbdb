/* What the plugins of these tests share: a descriptor, an instance, and one symbol for every source. */
#ifndef CODIRA_FIXTURE_H
#define CODIRA_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "codira_analyzer.h"

#define TEXT(literal) \
  { literal, sizeof(literal) - 1 }

static inline codira_string text(const char *value) { return (codira_string){value, strlen(value)}; }

/* Whether a source begins so: the tests' way to say what a plugin should do with it. */
static inline int begins(const codira_source *source, const char *word) {
  size_t length = strlen(word);
  return source->byte_count >= length && memcmp(source->bytes, word, length) == 0;
}

/* A range on the first line. */
static inline codira_range first_line(uint32_t start, uint32_t end) {
  return (codira_range){{start, 1, start + 1}, {end, 1, end + 1}};
}

/* The variable `fixture word.`, which stands at the beginning of the source. */
static inline codira_symbol word_symbol(void) {
  codira_symbol symbol;
  memset(&symbol, 0, sizeof symbol);
  symbol.size = sizeof symbol;
  symbol.kind = CODIRA_KIND_VARIABLE;
  symbol.parameters_max = -1;
  symbol.id = text("fixture word.");
  symbol.name = text("word");
  symbol.qualified_name = text("word");
  symbol.range = first_line(0, 1);
  symbol.name_range = first_line(0, 1);
  return symbol;
}

/* A call of `print` that `word` makes. */
static inline codira_reference word_reference(void) {
  codira_reference reference;
  memset(&reference, 0, sizeof reference);
  reference.size = sizeof reference;
  reference.role = CODIRA_ROLE_CALL;
  reference.argument_count = -1;
  reference.owner = text("fixture word.");
  reference.name = text("print");
  reference.range = first_line(0, 1);
  return reference;
}

static inline int32_t report_word(const codira_sink *sink) {
  codira_symbol symbol = word_symbol();
  sink->symbol(sink->context, &symbol);
  return CODIRA_RESULT_OK;
}

#ifndef FIXTURE_CREATE
#define FIXTURE_CREATE fixture_create
static codira_instance *fixture_create(const codira_host *host, codira_string configuration,
                                       const codira_project *project, codira_string *reason) {
  (void)host, (void)configuration, (void)project, (void)reason;
  static int instance;
  return (codira_instance *)&instance;
}
#endif

#ifndef FIXTURE_DESTROY
#define FIXTURE_DESTROY fixture_destroy
static void fixture_destroy(codira_instance *instance) { (void)instance; }
#endif

#ifndef FIXTURE_ABI
#define FIXTURE_ABI CODIRA_ABI_VERSION
#endif

#ifndef FIXTURE_ID
#define FIXTURE_ID "fixture"
#endif

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink);

static const codira_string fixture_languages[] = {TEXT("fixture")};
static const codira_string fixture_suffixes[] = {TEXT(".fix")};

static const codira_analyzer fixture_descriptor = {
    .size = sizeof(codira_analyzer),
    .abi_version = FIXTURE_ABI,
    .capabilities = CODIRA_CAPABILITY_VARIABLE,
    .id = TEXT(FIXTURE_ID),
    .version = TEXT("1"),
    .languages = fixture_languages,
    .suffixes = fixture_suffixes,
    .language_count = 1,
    .suffix_count = 1,
    .create = FIXTURE_CREATE,
    .analyze = analyze,
    .destroy = FIXTURE_DESTROY,
};

#ifndef FIXTURE_NO_ENTRY
const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  (void)host_abi;
  return &fixture_descriptor;
}
#endif

#endif
