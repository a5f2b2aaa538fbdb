#include <string.h>

#include "document.h"
#include "syntax.h"

enum { signature_limit = 200, name_limit = 256 };

/* What is known between two lines.  Entries are named by their index (the array moves); the module is 0. */
typedef struct reader {
  ini_document *document;
  const uint8_t *bytes;
  ini_dialect dialect;
  size_t section; /* 0: none, or one whose header cannot be read */
  size_t key;     /* 0: nothing that a line could continue */
  uint32_t key_indent;
  bool past_header;
  bool joined;          /* the line before ends in git's backslash */
  bool has_comment;     /* above, with no blank line between */
  size_t comment_start; /* in the document's text */
  codira_range comment;
} reader;

/* The comment directly above, once. */
static ini_slice take_comment(reader *reader) {
  ini_text *text = &reader->document->text;
  if (!reader->has_comment || text->failed) return (ini_slice){0};
  reader->has_comment = false;
  ini_slice words = ini_text_since(text, reader->comment_start);
  while (words.length > 0 && text->data[words.start] == '\n') words.start += 1, words.length -= 1;
  while (words.length > 0 && text->data[words.start + words.length - 1] == '\n') words.length -= 1;
  return words;
}

static void read_comment(reader *reader, const ini_line *line) {
  ini_text *text = &reader->document->text;
  if (!reader->has_comment) {
    reader->comment_start = text->length;
    reader->comment.start = ini_position(line, line->content);
    reader->has_comment = true;
  }
  reader->comment.end = ini_position(line, line->end);
  ini_part words = ini_comment_text(reader->bytes, line->content, line->end);
  ini_text_append_source(text, reader->bytes + words.start, words.end - words.start);
  ini_text_append(text, "\n", 1);
}

/* A comment above a blank line belongs to nothing below; at the top of the file it is the module's. */
static void drop_comment(reader *reader) {
  ini_document *document = reader->document;
  ini_slice words = take_comment(reader);
  if (words.length == 0 || document->entry_count > 1 || document->header.end.offset > 0) return;
  document->entries[0].documentation = words;
  document->header = reader->comment;
}

static ini_slice append_id(ini_text *text, ini_slice prefix, ini_slice name, uint32_t ordinal, char suffix) {
  size_t start = text->length;
  ini_text_append_slice(text, prefix);
  ini_text_append_name(text, name, ordinal);
  ini_text_append(text, &suffix, 1);
  return ini_text_since(text, start);
}

/* The id of a name below `prefix`; a redefinition gets its ordinal. */
static ini_slice make_id(ini_document *document, ini_slice prefix, ini_slice name, char suffix) {
  ini_slice id = append_id(&document->text, prefix, name, 0, suffix);
  uint32_t ordinal = ini_next_ordinal(&document->ordinals, &document->text, id);
  return ordinal == 0 ? id : append_id(&document->text, prefix, name, ordinal, suffix);
}

static ini_slice source_slice(reader *reader, ini_part part) {
  ini_text *text = &reader->document->text;
  size_t start = text->length;
  ini_text_append_source(text, reader->bytes + part.start, part.end - part.start);
  return ini_text_since(text, start);
}

static ini_slice one_line(reader *reader, uint32_t start, uint32_t end) {
  ini_text *text = &reader->document->text;
  size_t from = text->length;
  ini_text_append_line(text, reader->bytes + start, end - start, signature_limit);
  return ini_text_since(text, from);
}

static ini_slice qualify(ini_text *text, ini_slice outer, ini_slice name) {
  size_t start = text->length;
  ini_text_append_slice(text, outer);
  if (outer.length > 0) ini_text_append(text, ".", 1);
  ini_text_append_slice(text, name);
  return ini_text_since(text, start);
}

static void report(reader *reader, const ini_line *line, const char *message) {
  codira_range range = {ini_position(line, line->content), ini_position(line, line->end)};
  ini_add_problem(reader->document, message, range);
}

static bool is_long(ini_part part) { return part.end - part.start > name_limit; }

/* Opens a section.  A header that cannot be read opens none: what follows belongs to the module. */
static void read_header(reader *reader, const ini_line *line) {
  ini_document *document = reader->document;
  ini_text *text = &document->text;
  ini_header header;
  reader->section = 0;
  reader->key = 0;
  reader->past_header = true;
  bool parsed = ini_parse_header(reader->bytes, line->content, line->end, &header);
  if (!parsed || is_long(header.name) || is_long(header.subsection)) {
    report(reader, line, "This line begins like a section's header, but has no name between brackets.");
    take_comment(reader);
    return;
  }
  ini_entry entry = {.kind = CODIRA_KIND_SECTION, .parent = document->entries[0].id};
  entry.documentation = take_comment(reader);
  entry.name = source_slice(reader, header.name);
  entry.qualified_name = entry.name;
  ini_slice prefix = entry.parent;
  ini_part named = header.name;
  if (header.subsection.start < header.subsection.end) {
    named = header.subsection;
    prefix = append_id(text, prefix, entry.name, 0, '#');
    ini_slice inner = source_slice(reader, header.subsection);
    entry.qualified_name = qualify(text, entry.name, inner);
    entry.name = inner;
  }
  entry.id = make_id(document, prefix, entry.name, '#');
  entry.signature = one_line(reader, line->content, header.end);
  entry.range = (codira_range){ini_position(line, line->content), ini_position(line, header.end)};
  entry.name_range = (codira_range){ini_position(line, named.start), ini_position(line, named.end)};
  if (ini_add_entry(document, entry) == NULL) return;
  reader->section = document->entry_count - 1;
  ini_add_span(document, line->content, header.end);
}

/* The key and the section it stands in reach to `end`; what was read counts to the payload of the section, or
 * of the module above the first header. */
static void extend(reader *reader, const ini_line *line, uint32_t end) {
  ini_entry *entries = reader->document->entries;
  entries[reader->key].range.end = ini_position(line, end);
  if (reader->section != 0) {
    entries[reader->section].range.end = ini_position(line, end);
  } else if (reader->past_header) {
    return;
  }
  ini_add_span(reader->document, line->content, end);
}

static bool ends_in_backslash(const reader *reader, const ini_line *line) {
  return reader->dialect == INI_BACKSLASH && reader->bytes[line->end - 1] == '\\';
}

static void read_setting(reader *reader, const ini_line *line) {
  ini_document *document = reader->document;
  ini_setting setting;
  reader->key = 0;
  bool parsed = ini_parse_setting(reader->bytes, line->content, line->end, &setting);
  if (!parsed || is_long(setting.name)) {
    report(reader, line, "This line is neither a section's header, nor a key, nor a comment.");
    take_comment(reader);
    return;
  }
  ini_entry entry = {.kind = CODIRA_KIND_KEY, .parent = document->entries[reader->section].id};
  entry.documentation = take_comment(reader);
  entry.name = source_slice(reader, setting.name);
  ini_slice outer = reader->section == 0 ? (ini_slice){0} : document->entries[reader->section].qualified_name;
  entry.qualified_name = qualify(&document->text, outer, entry.name);
  entry.id = make_id(document, entry.parent, entry.name, '.');
  entry.signature = one_line(reader, line->content, setting.end);
  entry.range.start = ini_position(line, line->content);
  entry.name_range =
      (codira_range){ini_position(line, setting.name.start), ini_position(line, setting.name.end)};
  if (ini_add_entry(document, entry) == NULL) return;
  reader->key = document->entry_count - 1;
  reader->key_indent = line->indent;
  reader->joined = ends_in_backslash(reader, line);
  extend(reader, line, setting.end);
}

static bool continues(const reader *reader, const ini_line *line) {
  if (reader->key == 0) return false;
  return reader->joined || (reader->dialect == INI_INDENTED && line->indent > reader->key_indent);
}

static void read_line(reader *reader, const ini_line *line) {
  if (line->content == line->end) {
    drop_comment(reader);
    reader->joined = false;
  } else if (ini_is_comment(reader->bytes[line->content]) && !reader->joined) {
    read_comment(reader, line);
  } else if (continues(reader, line)) {
    take_comment(reader);
    extend(reader, line, ini_value_end(reader->bytes, line->content, line->end));
    reader->joined = ends_in_backslash(reader, line);
  } else if (reader->bytes[line->content] == '[') {
    read_header(reader, line);
  } else {
    read_setting(reader, line);
  }
}

/* The module: its name is the file's, its namespaces are the path's components. */
static void add_module(ini_document *document, const codira_source *source) {
  ini_text *text = &document->text;
  codira_string path = source->path;
  ini_entry module = {.kind = CODIRA_KIND_MODULE};
  ini_text_append(text, path.data, path.length);
  module.qualified_name = ini_text_since(text, 0);
  size_t start = text->length;
  ini_text_append(text, "ini ", 4);
  size_t from = 0;
  for (size_t i = 0; i <= path.length; i++) {
    if (i < path.length && path.data[i] != '/') continue;
    module.name = (ini_slice){.start = from, .length = i - from};
    ini_text_append_name(text, module.name, 0);
    ini_text_append(text, "/", 1);
    from = i + 1;
  }
  module.id = ini_text_since(text, start);
  module.signature = module.qualified_name;
  module.range.start = (codira_position){.offset = 0, .line = 1, .column = 1};
  module.range.end = ini_end(source->bytes, source->byte_count);
  module.name_range = (codira_range){module.range.start, module.range.start};
  ini_add_entry(document, module);
}

void ini_read(ini_document *document, const codira_source *source) {
  add_module(document, source);
  if (document->failed) return;
  reader reader = {.document = document, .bytes = source->bytes, .dialect = ini_dialect_of(source->path)};
  ini_line line = {0};
  while (!document->failed && ini_next_line(source->bytes, source->byte_count, &line)) {
    read_line(&reader, &line);
  }
  drop_comment(&reader);
  document->failed = document->failed || document->text.failed || document->ordinals.failed;
}
