#include "cursor.h"

codira_string text_of(const reader *reader, codira_range range) {
  const char *bytes = (const char *)reader->report->source->bytes;
  return (codira_string){.data = bytes + range.start.offset, .length = range.end.offset - range.start.offset};
}

static void note_comment(reader *reader, token comment) {
  report_comment(reader->report, comment.range);
  bool follows = reader->comment.is_there && reader->comment.range.end.line + 1 == comment.range.start.line;
  if (comment.first_on_line && follows) {
    reader->comment.range.end = comment.range.end;
  } else {
    reader->comment = (comment_block){.range = comment.range, .is_there = comment.first_on_line};
  }
  bool is_first = !reader->header.is_there || reader->header.range.start.offset == reader->comment.range.start.offset;
  if (is_first && !reader->is_past_header) reader->header = reader->comment;
}

void advance(reader *reader) {
  if (reader->token.kind != TOKEN_END) reader->last_end = reader->token.range.end;
  while ((reader->token = scanner_next(&reader->scanner)).kind == TOKEN_COMMENT) note_comment(reader, reader->token);
  if (reader->token.broken) report_problem(reader->report, "This string does not end.", reader->token.range);
}

bool is_sign(const reader *reader, char sign) {
  return reader->token.kind == TOKEN_SIGN && text_of(reader, reader->token.range).data[0] == sign;
}

bool is_word(const reader *reader, codira_string word) {
  return reader->token.kind == TOKEN_WORD && same_string(text_of(reader, reader->token.range), word);
}

bool is_keyword(const reader *reader) {
  return is_word(reader, TEXT("fn")) || is_word(reader, TEXT("type")) || is_word(reader, TEXT("use"));
}

bool is_name(const reader *reader) { return reader->token.kind == TOKEN_WORD && !is_keyword(reader); }

bool read_name(reader *reader, token before, const char *problem, codira_range *name) {
  advance(reader);
  if (!is_name(reader)) {
    report_problem(reader->report, problem, before.range);
    return false;
  }
  *name = reader->token.range;
  advance(reader);
  return true;
}

/* What the lines of a comment say: without markers and one blank behind each. */
static codira_string comment_text(reader *reader, comment_block block) {
  codira_string source = text_of(reader, block.range);
  char *text = memory_take(&reader->report->memory, source.length + 1);
  size_t length = 0;
  for (size_t i = 0; i < source.length;) {
    while (i < source.length && (source.data[i] == ' ' || source.data[i] == '\t')) i++;
    while (i < source.length && source.data[i] == '#') i++;
    if (i < source.length && source.data[i] == ' ') i++;
    while (i < source.length && source.data[i] != '\n' && source.data[i] != '\r') text[length++] = source.data[i++];
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t')) length--;
    if (i < source.length && source.data[i] == '\r') i++;
    if (i < source.length && source.data[i] == '\n') i++;
    if (i < source.length) text[length++] = '\n';
  }
  return (codira_string){.data = text, .length = length};
}

codira_string documentation(reader *reader) {
  bool is_above = reader->comment.is_there && reader->comment.range.end.line + 1 == reader->token.range.start.line;
  return is_above ? comment_text(reader, reader->comment) : TEXT("");
}

void pass_header(reader *reader) {
  if (reader->is_past_header) return;
  reader->is_past_header = true;
  if (!reader->header.is_there) return;
  bool is_above = reader->header.range.end.line + 1 == reader->token.range.start.line;
  if (is_above && is_keyword(reader) && !is_word(reader, TEXT("use"))) return;
  reader->report->first->artifact.documentation = comment_text(reader, reader->header);
  reader->report->header = reader->header.range;
}

void describe(symbol *symbol, token keyword, codira_range name, codira_string documentation) {
  codira_symbol *artifact = &symbol->artifact;
  bool is_private = artifact->name.data[0] == '_' || artifact->kind == CODIRA_KIND_IMPORT;
  artifact->visibility = is_private ? CODIRA_VISIBILITY_PRIVATE : CODIRA_VISIBILITY_PUBLIC;
  artifact->range.start = keyword.range.start;
  artifact->name_range = name;
  artifact->documentation = documentation;
}
