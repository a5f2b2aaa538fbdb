#ifndef __PREFIX___SCANNER_H
#define __PREFIX___SCANNER_H

#include <codira_analyzer.h>
#include <stdbool.h>

typedef enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_STRING, TOKEN_COMMENT, TOKEN_SIGN } token_kind;

/* A piece of the source; none reaches over a line's end. */
typedef struct token {
  token_kind kind;
  codira_range range;
  bool first_on_line; /* nothing but blanks before it */
  bool at_margin;     /* nothing at all before it */
  bool broken;        /* a string without its end */
} token;

/* Reads tokens one after the other, and counts lines as the host does: after LF, CRLF and a lone CR. */
typedef struct scanner {
  const uint8_t *bytes;
  size_t count;
  codira_position place; /* of the next byte */
  bool line_is_blank;
} scanner;

scanner scanner_start(const codira_source *source);

/* The next token; TOKEN_END, again and again, behind the last. */
token scanner_next(scanner *scanner);

#endif
