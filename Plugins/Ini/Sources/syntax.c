#include "syntax.h"

#include <string.h>

static bool is_blank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f'; }

static ini_part trim(const uint8_t *bytes, uint32_t start, uint32_t end) {
  while (start < end && is_blank(bytes[start])) start += 1;
  while (end > start && is_blank(bytes[end - 1])) end -= 1;
  return (ini_part){.start = start, .end = end};
}

ini_dialect ini_dialect_of(codira_string path) {
  static const struct {
    const char *name;
    ini_dialect dialect;
  } names[] = {
      {".gitconfig", INI_BACKSLASH}, {".gitmodules", INI_BACKSLASH}, {".editorconfig", INI_SINGLE_LINE}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t length = strlen(names[i].name);
    if (path.length < length) continue;
    size_t start = path.length - length;
    bool whole = start == 0 || path.data[start - 1] == '/';
    if (whole && memcmp(path.data + start, names[i].name, length) == 0) return names[i].dialect;
  }
  return INI_INDENTED;
}

bool ini_is_comment(uint8_t byte) { return byte == ';' || byte == '#'; }

ini_part ini_comment_text(const uint8_t *bytes, uint32_t start, uint32_t end) {
  while (start < end && ini_is_comment(bytes[start])) start += 1;
  ini_part words = trim(bytes, start, end);
  while (words.end > words.start && ini_is_comment(bytes[words.end - 1])) words.end -= 1;
  words.end = trim(bytes, words.start, words.end).end;
  bool rule = true;
  for (uint32_t i = words.start; i < words.end && rule; i++) {
    rule = memchr("-=*_~+ ", bytes[i], 7) != NULL;
  }
  if (rule) words.end = words.start;
  /* One blank after the marker separates; more are indentation that the author wants. */
  uint32_t from = start < words.start && is_blank(bytes[start]) ? start + 1 : start;
  if (!rule) words.start = from;
  return words;
}

static bool ends_line(const uint8_t *bytes, uint32_t start, uint32_t end) {
  ini_part rest = trim(bytes, start, end);
  return rest.start == rest.end || ini_is_comment(bytes[rest.start]);
}

/* Splits `name "subsection"`; the quotes are git's. */
static void split_subsection(const uint8_t *bytes, ini_header *header) {
  ini_part name = header->name;
  if (name.end - name.start < 4 || bytes[name.end - 1] != '"') return;
  const uint8_t *quote = memchr(bytes + name.start, '"', name.end - name.start - 1);
  if (quote == NULL) return;
  uint32_t place = (uint32_t)(quote - bytes);
  if (place == name.start || !is_blank(bytes[place - 1]) || place + 2 >= name.end) return;
  ini_part outer = trim(bytes, name.start, place);
  if (outer.start == outer.end) return;
  header->subsection = (ini_part){.start = place + 1, .end = name.end - 1};
  header->name = outer;
}

bool ini_parse_header(const uint8_t *bytes, uint32_t start, uint32_t end, ini_header *header) {
  uint32_t close = 0;
  for (uint32_t i = start + 1; i < end; i++) {
    if (bytes[i] != ']') continue;
    close = i;
    if (ends_line(bytes, i + 1, end)) break;
  }
  if (close == 0) return false;
  *header = (ini_header){.name = trim(bytes, start + 1, close), .end = close + 1};
  split_subsection(bytes, header);
  return header->name.start < header->name.end;
}

uint32_t ini_value_end(const uint8_t *bytes, uint32_t start, uint32_t end) {
  bool quoted = false;
  for (uint32_t i = start; i < end; i++) {
    if (bytes[i] == '"') quoted = !quoted;
    if (!quoted && i > start && ini_is_comment(bytes[i]) && is_blank(bytes[i - 1])) {
      return trim(bytes, start, i).end;
    }
  }
  return end;
}

bool ini_parse_setting(const uint8_t *bytes, uint32_t start, uint32_t end, ini_setting *setting) {
  uint32_t delimiter = start;
  while (delimiter < end && bytes[delimiter] != '=' && bytes[delimiter] != ':') delimiter += 1;
  setting->end = ini_value_end(bytes, start, end);
  if (delimiter < setting->end) {
    setting->name = trim(bytes, start, delimiter);
    return setting->name.start < setting->name.end;
  }
  setting->name = trim(bytes, start, setting->end);
  for (uint32_t i = setting->name.start; i < setting->name.end; i++) {
    if (is_blank(bytes[i])) return false;
  }
  return setting->name.start < setting->name.end;
}
