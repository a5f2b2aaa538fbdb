#include "uses.h"

#include <string.h>

enum { scope_limit = 8 };

void read_use(reader *reader) {
  report *report = reader->report;
  memory *memory = &report->memory;
  token keyword = reader->token;
  codira_string id = TEXT("__NAME__ ");
  codira_string path = TEXT("");
  codira_range name;
  if (!read_name(reader, keyword, "A module's name must follow `use`.", &name)) return;
  for (;;) {
    id = report_id(report, id, NAMESPACE, text_of(reader, name), 0);
    codira_string parts[] = {path, path.length > 0 ? TEXT(".") : TEXT(""), text_of(reader, name)};
    path = memory_join(memory, parts, 3);
    if (!is_sign(reader, '.')) break;
    if (!read_name(reader, reader->token, "A name must follow the dot.", &name)) break;
  }
  symbol *added = report_add(report, CODIRA_KIND_IMPORT, TERM, text_of(reader, name));
  describe(added, keyword, name, TEXT(""));
  codira_candidate *target = memory_take(memory, sizeof *target);
  target->root = id;
  codira_string signature[] = {TEXT("use "), path};
  added->artifact.signature = memory_join(memory, signature, 2);
  added->artifact.range.end = reader->last_end;
  added->artifact.aliases = target;
  added->artifact.alias_count = 1;
  codira_reference *reference = report_reference(report, CODIRA_ROLE_IMPORTS, added->artifact.name, name);
  reference->flags = CODIRA_REFERENCE_NO_NAME;
  reference->candidates = target;
  reference->candidate_count = 1;
  table_entry_of(&reader->modules, memory, added->artifact.name)->value = id;
}

/* A name alone is looked for in the function around it, in what that stands in, and so on up to the module. */
static void find_in_scopes(reader *reader, codira_reference *reference) {
  codira_candidate *candidates = memory_take(&reader->report->memory, scope_limit * sizeof *candidates);
  for (symbol *scope = reader->report->open; scope != NULL; scope = scope->outer) {
    bool is_module = scope->outer == NULL;
    if (reference->candidate_count == scope_limit - 1 && !is_module) continue;
    candidates[reference->candidate_count++] =
        (codira_candidate){.root = scope->artifact.id, .members = &reference->name, .member_count = 1};
  }
  reference->candidates = candidates;
  reference->flags = CODIRA_REFERENCE_NO_NAME;
}

/* `money.round`: what `use` gave, and the names behind it.  Nothing is known of any other receiver. */
static void find_in_module(reader *reader, codira_reference *reference, const codira_string *path) {
  memory *memory = &reader->report->memory;
  codira_string receiver = path[0];
  for (uint32_t i = 1; i + 1 < reader->path_count; i++) {
    codira_string parts[] = {receiver, TEXT("."), path[i]};
    receiver = memory_join(memory, parts, 3);
  }
  reference->receiver = receiver;
  table_entry *module = table_find(&reader->modules, path[0]);
  if (module == NULL) return;
  codira_candidate *candidate = memory_take(memory, sizeof *candidate);
  *candidate = (codira_candidate){.root = module->value, .members = path + 1, .member_count = reader->path_count - 1};
  reference->candidates = candidate;
  reference->candidate_count = 1;
  reference->flags = CODIRA_REFERENCE_NO_NAME;
}

static void read_call(reader *reader) {
  memory *memory = &reader->report->memory;
  codira_string *path = memory_take(memory, reader->path_count * sizeof *path);
  memcpy(path, reader->path, reader->path_count * sizeof *path);
  codira_string name = path[reader->path_count - 1];
  codira_reference *reference = report_reference(reader->report, CODIRA_ROLE_CALL, name, reader->path_end);
  if (reader->path_count == 1) {
    find_in_scopes(reader, reference);
  } else {
    find_in_module(reader, reference, path);
  }
}

void read_code(reader *reader) {
  if (is_sign(reader, '{')) reader->report->open->braces += 1;
  if (is_name(reader)) {
    if (!reader->is_path_open || reader->path_count == path_limit) reader->path_count = 0;
    reader->path[reader->path_count++] = text_of(reader, reader->token.range);
    reader->path_end = reader->token.range;
    reader->is_path_open = false;
  } else if (is_sign(reader, '.') && reader->path_count > 0 && !reader->is_path_open) {
    reader->is_path_open = true;
  } else {
    if (is_sign(reader, '(') && reader->path_count > 0 && !reader->is_path_open) read_call(reader);
    reader->path_count = 0;
    reader->is_path_open = false;
  }
  advance(reader);
}
