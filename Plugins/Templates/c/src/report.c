#include "report.h"

#include <stdio.h>
#include <string.h>

enum { diagnostic_limit = 100 };

static bool is_simple(codira_string name) {
  for (size_t i = 0; i < name.length; i++) {
    char c = name.data[i];
    bool simple = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  memchr("_+-$", c, 4) != NULL;
    if (!simple) return false;
  }
  return name.length > 0;
}

/* A name in back-ticks, with those and each `;` inside doubled. */
static codira_string quoted(memory *memory, codira_string name, codira_string mark) {
  char *place = memory_take(memory, 2 * name.length + mark.length + 2);
  size_t length = 0;
  place[length++] = '`';
  for (size_t i = 0; i < name.length; i++) {
    if (name.data[i] == '`' || name.data[i] == ';') place[length++] = name.data[i];
    place[length++] = name.data[i];
  }
  memcpy(place + length, mark.data, mark.length);
  length += mark.length;
  place[length++] = '`';
  return (codira_string){.data = place, .length = length};
}

codira_string report_id(report *report, codira_string parent, descriptor kind, codira_string name,
                        uint32_t ordinal) {
  char digits[16] = "";
  if (ordinal > 0) snprintf(digits, sizeof digits, ";+%u", ordinal);
  codira_string mark = {.data = digits, .length = strlen(digits)};
  bool marks_name = mark.length > 0 && kind != CALLABLE;
  if (marks_name || !is_simple(name)) name = quoted(&report->memory, name, marks_name ? mark : TEXT(""));
  char sign = (char)kind;
  if (kind == CALLABLE) {
    codira_string parts[] = {parent, name, TEXT("("), mark, TEXT(").")};
    return memory_join(&report->memory, parts, 5);
  }
  codira_string parts[] = {parent, name, {.data = &sign, .length = 1}};
  return memory_join(&report->memory, parts, 3);
}

bool is_callable(const symbol *symbol) {
  return symbol->artifact.kind == CODIRA_KIND_FUNCTION || symbol->artifact.kind == CODIRA_KIND_METHOD;
}

symbol *report_add(report *report, uint32_t kind, descriptor descriptor, codira_string name) {
  symbol *added = memory_take(&report->memory, sizeof *added);
  codira_symbol *artifact = &added->artifact;
  symbol *outer = report->open;
  codira_string parent = outer->artifact.id;
  codira_string id = report_id(report, parent, descriptor, name, 0);
  table_entry *entry = table_entry_of(&report->definitions, &report->memory, id);
  if (entry->count > 0) id = report_id(report, parent, descriptor, name, entry->count);
  entry->count += 1;
  codira_string qualified[] = {outer->artifact.qualified_name, TEXT("."), name};
  *artifact = (codira_symbol){.size = sizeof *artifact, .kind = kind, .parameters_max = -1};
  if (is_callable(outer)) artifact->flags = CODIRA_SYMBOL_LOCAL;
  artifact->flags |= outer->artifact.flags & CODIRA_SYMBOL_LOCAL;
  artifact->id = id;
  artifact->parent = parent;
  artifact->name = name;
  artifact->qualified_name = memory_join(&report->memory, qualified, 3);
  added->has_payload = kind != CODIRA_KIND_IMPORT;
  added->outer = outer;
  report->last->next = added;
  report->last = added;
  return added;
}

void report_open(report *report, symbol *symbol) { report->open = symbol; }

void report_close(report *report, codira_position end) {
  report->open->artifact.range.end = end;
  report->open = report->open->outer;
}

void report_comment(report *report, codira_range range) {
  report->comments = memory_grow(&report->memory, report->comments, report->comment_count,
                                 &report->comment_capacity, sizeof *report->comments);
  report->comments[report->comment_count++] = (codira_span){.start = range.start.offset, .end = range.end.offset};
}

codira_reference *report_reference(report *report, uint32_t role, codira_string name, codira_range range) {
  report->references = memory_grow(&report->memory, report->references, report->reference_count,
                                   &report->reference_capacity, sizeof *report->references);
  codira_reference *reference = &report->references[report->reference_count++];
  *reference = (codira_reference){.size = sizeof *reference, .role = role, .argument_count = -1};
  reference->owner = report->open->artifact.id;
  reference->name = name;
  reference->range = range;
  return reference;
}

void report_problem(report *report, const char *message, codira_range range) {
  report->is_partial = true;
  if (report->diagnostic_count == diagnostic_limit) return;
  report->diagnostics = memory_grow(&report->memory, report->diagnostics, report->diagnostic_count,
                                    &report->diagnostic_capacity, sizeof *report->diagnostics);
  codira_diagnostic *diagnostic = &report->diagnostics[report->diagnostic_count++];
  *diagnostic = (codira_diagnostic){.size = sizeof *diagnostic, .severity = CODIRA_SEVERITY_WARNING};
  diagnostic->code = TEXT("syntax");
  diagnostic->message = (codira_string){.data = message, .length = strlen(message)};
  diagnostic->range = range;
}
