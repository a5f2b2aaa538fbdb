#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD";
static const char ellipsis[] = "\xE2\x80\xA6";

static bool reserve(ini_text *text, size_t count) {
  if (text->failed) return false;
  if (text->length + count <= text->capacity) return true;
  size_t capacity = (text->length + count) * 2 + 256;
  char *data = realloc(text->data, capacity);
  if (data == NULL) {
    text->failed = true;
    return false;
  }
  text->data = data;
  text->capacity = capacity;
  return true;
}

void ini_text_append(ini_text *text, const char *bytes, size_t count) {
  if (count == 0 || !reserve(text, count)) return;
  memcpy(text->data + text->length, bytes, count);
  text->length += count;
}

void ini_text_append_slice(ini_text *text, ini_slice slice) {
  if (slice.length == 0 || !reserve(text, slice.length)) return;
  memcpy(text->data + text->length, text->data + slice.start, slice.length);
  text->length += slice.length;
}

/* The length of the well-formed UTF-8 sequence at the front of `bytes`, 0 where there is none. */
static size_t sequence_length(const uint8_t *bytes, size_t count) {
  uint8_t first = bytes[0];
  if (first < 0x80) return 1;
  size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                  : first >= 0xE0 && first <= 0xEF ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
  if (length == 0 || length > count) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((bytes[i] & 0xC0) != 0x80) return 0;
  }
  if (first == 0xE0 && bytes[1] < 0xA0) return 0;
  if (first == 0xED && bytes[1] > 0x9F) return 0;
  if (first == 0xF0 && bytes[1] < 0x90) return 0;
  if (first == 0xF4 && bytes[1] > 0x8F) return 0;
  return length;
}

void ini_text_append_source(ini_text *text, const uint8_t *bytes, size_t count) {
  size_t i = 0;
  while (i < count) {
    size_t length = sequence_length(bytes + i, count - i);
    if (length == 0) {
      ini_text_append(text, replacement, 3);
      i += 1;
    } else {
      ini_text_append(text, (const char *)bytes + i, length);
      i += length;
    }
  }
}

static bool is_blank(uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

void ini_text_append_line(ini_text *text, const uint8_t *bytes, size_t count, size_t limit) {
  size_t start = text->length;
  size_t i = 0;
  while (i < count && is_blank(bytes[i])) i += 1;
  while (i < count) {
    if (is_blank(bytes[i])) {
      while (i < count && is_blank(bytes[i])) i += 1;
      if (i < count) ini_text_append(text, " ", 1);
      continue;
    }
    if (text->length - start >= limit) {
      ini_text_append(text, ellipsis, 3);
      return;
    }
    size_t length = sequence_length(bytes + i, count - i);
    ini_text_append_source(text, bytes + i, length == 0 ? 1 : length);
    i += length == 0 ? 1 : length;
  }
}

static bool is_simple(const char *name, size_t length) {
  for (size_t i = 0; i < length; i++) {
    char c = name[i];
    bool simple = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                  c == '+' || c == '-' || c == '$';
    if (!simple) return false;
  }
  return length > 0;
}

void ini_text_append_name(ini_text *text, ini_slice name, uint32_t ordinal) {
  if (!reserve(text, 2 * name.length + 16)) return;
  const char *from = text->data + name.start;
  if (ordinal == 0 && is_simple(from, name.length)) {
    ini_text_append(text, from, name.length);
    return;
  }
  ini_text_append(text, "`", 1);
  for (size_t i = 0; i < name.length; i++) {
    ini_text_append(text, from + i, 1);
    if (from[i] == '`' || from[i] == ';') ini_text_append(text, from + i, 1);
  }
  if (ordinal > 0) {
    char mark[16];
    int length = snprintf(mark, sizeof mark, ";+%u", ordinal);
    ini_text_append(text, mark, (size_t)length);
  }
  ini_text_append(text, "`", 1);
}

ini_slice ini_text_since(const ini_text *text, size_t start) {
  return (ini_slice){.start = start, .length = text->length - start};
}

codira_string ini_text_string(const ini_text *text, ini_slice slice) {
  return (codira_string){.data = slice.length == 0 ? NULL : text->data + slice.start, .length = slice.length};
}
