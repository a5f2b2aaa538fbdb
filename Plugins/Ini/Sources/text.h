#ifndef CODIRA_INI_TEXT_H
#define CODIRA_INI_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codira_analyzer.h"

/* A growing buffer that holds every string of one file.  Once an allocation fails, it stays failed and takes
 * nothing more: look at `failed` before its contents are used. */
typedef struct ini_text {
  char *data;
  size_t length;
  size_t capacity;
  bool failed;
} ini_text;

/* A part of an ini_text, valid wherever the buffer moves. */
typedef struct ini_slice {
  size_t start;
  size_t length;
} ini_slice;

void ini_text_append(ini_text *text, const char *bytes, size_t count);

/* Appends a part of the buffer once more. */
void ini_text_append_slice(ini_text *text, ini_slice slice);

/* Appends bytes of a source as UTF-8: every ill-formed byte becomes U+FFFD, so that two names stay equal or
 * different after the host has read them. */
void ini_text_append_source(ini_text *text, const uint8_t *bytes, size_t count);

/* Appends source bytes on one line: each run of blanks and line ends becomes one space; cut, with `…`,
 * where more than `limit` bytes would be written. */
void ini_text_append_line(ini_text *text, const uint8_t *bytes, size_t count, size_t limit);

/* Appends a name as a descriptor of a stable id holds it, in back-ticks where it is not simple or where an
 * ordinal above 0 marks a redefinition. */
void ini_text_append_name(ini_text *text, ini_slice name, uint32_t ordinal);

/* The slice from `start` to the end of what has been appended. */
ini_slice ini_text_since(const ini_text *text, size_t start);

codira_string ini_text_string(const ini_text *text, ini_slice slice);

#endif
