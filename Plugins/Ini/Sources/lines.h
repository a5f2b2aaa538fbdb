#ifndef CODIRA_INI_LINES_H
#define CODIRA_INI_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codira_analyzer.h"

/* One line of a source; it ends at LF, CRLF, a lone CR, or with the file. */
typedef struct ini_line {
  uint32_t number;  /* from 1 */
  uint32_t start;   /* offset of its first byte, a byte order mark counted */
  uint32_t content; /* offset of its first byte that is neither blank nor byte order mark, or `end` */
  uint32_t end;     /* offset behind its last byte that is not blank */
  uint32_t next;    /* offset of the next line */
  uint32_t indent;  /* blank bytes before the content */
} ini_line;

/* Reads the line after `line`; a line of all zeros stands before the first.  False at the end of the file. */
bool ini_next_line(const uint8_t *bytes, size_t count, ini_line *line);

/* The place of an offset inside a line. */
codira_position ini_position(const ini_line *line, uint32_t offset);

/* The place behind the last byte of the file. */
codira_position ini_end(const uint8_t *bytes, size_t count);

#endif
