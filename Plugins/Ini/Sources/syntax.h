#ifndef CODIRA_INI_SYNTAX_H
#define CODIRA_INI_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "codira_analyzer.h"

/* Bytes [start, end) of the source. */
typedef struct ini_part {
  uint32_t start;
  uint32_t end;
} ini_part;

/* How a value goes on in the next line: files of Python's configparser indent it, git ends the line before in
 * a backslash, EditorConfig has no such thing. */
typedef enum ini_dialect { INI_INDENTED, INI_BACKSLASH, INI_SINGLE_LINE } ini_dialect;

ini_dialect ini_dialect_of(codira_string path);

bool ini_is_comment(uint8_t byte);

/* What a comment says: without its markers, and nothing of a line that only draws a rule. */
ini_part ini_comment_text(const uint8_t *bytes, uint32_t start, uint32_t end);

/* `[name]` or `[name "subsection"]`, maybe with a comment behind. */
typedef struct ini_header {
  ini_part name;
  ini_part subsection; /* without quotes; empty: none */
  uint32_t end;        /* behind the bracket */
} ini_header;

bool ini_parse_header(const uint8_t *bytes, uint32_t start, uint32_t end, ini_header *header);

/* `name = value`, `name: value` or a name of one word alone. */
typedef struct ini_setting {
  ini_part name;
  uint32_t end; /* behind the value, a comment behind it left out */
} ini_setting;

bool ini_parse_setting(const uint8_t *bytes, uint32_t start, uint32_t end, ini_setting *setting);

/* Where the value in [start, end) ends: before a comment that a blank sets off, and outside quotes. */
uint32_t ini_value_end(const uint8_t *bytes, uint32_t start, uint32_t end);

#endif
