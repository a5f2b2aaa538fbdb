/* What the language is: replace this file, uses.c, cursor.c and scanner.c by your own.
 *
 *   use shop.money              names of the module shop/money
 *   type Cart { fn add(item) { price(item) } }
 *   fn price(item) { money.round(item) }
 *
 * A definition may stand in another one.  One that begins at the left margin always stands at the top: so a
 * brace that is missing costs one definition, not the rest of the file. */
#include "reader.h"

#include <string.h>

#include "uses.h"

/* Ends every definition that still is open, where one begins at the margin or the file ends. */
static void close_all(reader *reader) {
  report *report = reader->report;
  while (report->open->outer != NULL) {
    report_problem(report, "This definition has no closing brace.", report->open->artifact.name_range);
    report_close(report, reader->last_end);
  }
}

/* Opens the body of a definition, or ends the definition where there is none. */
static void open_body(reader *reader, symbol *symbol) {
  report_open(reader->report, symbol);
  if (is_sign(reader, '{')) {
    advance(reader);
    return;
  }
  report_problem(reader->report, "A body in braces must follow.", symbol->artifact.name_range);
  report_close(reader->report, reader->last_end);
}

/* `(a, b)`, into the signature as `fn name(a, b)`; how many there are. */
static uint32_t read_parameters(reader *reader, codira_range name, codira_string *signature) {
  memory *memory = &reader->report->memory;
  codira_string *parts = NULL;
  size_t count = 0, capacity = 0;
  codira_string start[] = {TEXT("fn "), text_of(reader, name), TEXT("(")};
  codira_range open = reader->token.range;
  bool is_closed = false;
  if (is_sign(reader, '(')) advance(reader);
  while (!is_closed && (is_name(reader) || is_sign(reader, ',') || is_sign(reader, ')'))) {
    is_closed = is_sign(reader, ')');
    if (is_name(reader)) {
      parts = memory_grow(memory, parts, count, &capacity, sizeof *parts);
      codira_string part[] = {count > 0 ? TEXT(", ") : TEXT(""), text_of(reader, reader->token.range)};
      parts[count++] = memory_join(memory, part, 2);
    }
    advance(reader);
  }
  if (!is_closed) report_problem(reader->report, "A closed list of parameters must follow.", open);
  codira_string whole[] = {memory_join(memory, start, 3), memory_join(memory, parts, count), TEXT(")")};
  *signature = memory_join(memory, whole, 3);
  return (uint32_t)count;
}

static void read_function(reader *reader) {
  token keyword = reader->token;
  codira_string text = documentation(reader);
  codira_range name;
  if (!read_name(reader, keyword, "A name must follow `fn`.", &name)) return;
  bool is_method = reader->report->open->artifact.kind == CODIRA_KIND_CLASS;
  symbol *added = report_add(reader->report, is_method ? CODIRA_KIND_METHOD : CODIRA_KIND_FUNCTION, CALLABLE,
                             text_of(reader, name));
  describe(added, keyword, name, text);
  codira_symbol *artifact = &added->artifact;
  if (artifact->name.length > 5 && memcmp(artifact->name.data, "test_", 5) == 0) artifact->flags |= CODIRA_SYMBOL_TEST;
  uint32_t count = read_parameters(reader, name, &artifact->signature);
  artifact->parameters_min = artifact->parameters_max = (int32_t)count;
  open_body(reader, added);
}

static void read_type(reader *reader) {
  token keyword = reader->token;
  codira_string text = documentation(reader);
  codira_range name;
  if (!read_name(reader, keyword, "A name must follow `type`.", &name)) return;
  symbol *added = report_add(reader->report, CODIRA_KIND_CLASS, TYPE, text_of(reader, name));
  describe(added, keyword, name, text);
  codira_string parts[] = {TEXT("type "), added->artifact.name};
  added->artifact.signature = memory_join(&reader->report->memory, parts, 2);
  open_body(reader, added);
}

static void read_closing_brace(reader *reader) {
  report *report = reader->report;
  if (report->open->outer == NULL) {
    report_problem(report, "This brace closes nothing.", reader->token.range);
  } else if (report->open->braces > 0) {
    report->open->braces -= 1;
  } else {
    report_close(report, reader->token.range.end);
  }
  advance(reader);
}

static void read_unexpected(reader *reader) {
  report_problem(reader->report, "Only `fn`, `type` and `use` can stand here.", reader->token.range);
  uint32_t line = reader->token.range.start.line;
  while (reader->token.kind != TOKEN_END && reader->token.range.start.line == line) advance(reader);
}

static void read_token(reader *reader) {
  pass_header(reader);
  bool is_word_of_ours = is_keyword(reader);
  if (is_word_of_ours || is_sign(reader, '}')) reader->path_count = 0;
  if (is_word_of_ours && reader->token.at_margin) close_all(reader);
  if (is_word(reader, TEXT("fn"))) {
    read_function(reader);
  } else if (is_word(reader, TEXT("type"))) {
    read_type(reader);
  } else if (is_word(reader, TEXT("use"))) {
    read_use(reader);
  } else if (is_sign(reader, '}')) {
    read_closing_brace(reader);
  } else if (is_callable(reader->report->open)) {
    read_code(reader);
  } else {
    read_unexpected(reader);
  }
}

/* The module: its names are the components of the path, the last one without the suffix. */
static void open_module(report *report) {
  codira_string path = report->source->path;
  codira_string suffix = TEXT("__SUFFIX__");
  size_t length = path.length;
  if (length > suffix.length && memcmp(path.data + length - suffix.length, suffix.data, suffix.length) == 0 &&
      path.data[length - suffix.length - 1] != '/') {
    length -= suffix.length;
  }
  symbol *module = memory_take(&report->memory, sizeof *module);
  codira_symbol *artifact = &module->artifact;
  *artifact = (codira_symbol){.size = sizeof *artifact, .kind = CODIRA_KIND_MODULE, .parameters_max = -1};
  artifact->visibility = CODIRA_VISIBILITY_PUBLIC;
  artifact->id = TEXT("__NAME__ ");
  codira_string dotted = TEXT("");
  for (size_t start = 0, i = 0; i <= length; i++) {
    if (i < length && path.data[i] != '/') continue;
    artifact->name = (codira_string){.data = path.data + start, .length = i - start};
    artifact->id = report_id(report, artifact->id, NAMESPACE, artifact->name, 0);
    codira_string parts[] = {dotted, dotted.length > 0 ? TEXT(".") : TEXT(""), artifact->name};
    dotted = memory_join(&report->memory, parts, 3);
    start = i + 1;
  }
  artifact->qualified_name = artifact->signature = dotted;
  artifact->range.start = (codira_position){.offset = 0, .line = 1, .column = 1};
  artifact->name_range = (codira_range){artifact->range.start, artifact->range.start};
  module->has_payload = true;
  report->first = report->last = report->open = module;
}

bool read_source(report *report, const codira_source *source, const codira_sink *sink) {
  report->source = source;
  open_module(report);
  reader *reader = memory_take(&report->memory, sizeof *reader);
  reader->report = report;
  reader->scanner = scanner_start(source);
  advance(reader);
  for (uint32_t count = 1; reader->token.kind != TOKEN_END; count++) {
    if (count % 4096 == 0 && sink->should_stop(sink->context)) return false;
    read_token(reader);
  }
  pass_header(reader);
  close_all(reader);
  report->first->artifact.range.end = reader->scanner.place;
  return true;
}
