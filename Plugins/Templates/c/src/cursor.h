#ifndef __PREFIX___CURSOR_H
#define __PREFIX___CURSOR_H

#include "report.h"
#include "scanner.h"

enum { path_limit = 16 };

/* Comment lines with nothing between them. */
typedef struct comment_block {
  codira_range range;
  bool is_there;
} comment_block;

/* Where the reader is: the token to be read next, and the comment above it. */
typedef struct reader {
  report *report;
  scanner scanner;
  token token;
  codira_position last_end; /* where the token before ended */
  comment_block comment;    /* above the token */
  comment_block header;     /* the first of the file */
  bool is_past_header;
  table modules;                  /* by the name in use: what `use` gives */
  codira_string path[path_limit]; /* `a.b.c` of a call, as far as it has been read */
  codira_range path_end;          /* its last name */
  uint32_t path_count;
  bool is_path_open; /* a dot came last */
} reader;

codira_string text_of(const reader *reader, codira_range range);

/* Goes on to the next token that is no comment. */
void advance(reader *reader);

bool is_sign(const reader *reader, char sign);
bool is_word(const reader *reader, codira_string word);
bool is_keyword(const reader *reader);
bool is_name(const reader *reader);

/* Goes on to the name behind `before`, and passes it; false, and a problem at `before`, where there is none. */
bool read_name(reader *reader, token before, const char *problem, codira_range *name);

/* Fills in what every definition and every `use` has. */
void describe(symbol *symbol, token keyword, codira_range name, codira_string documentation);

/* What the comment directly above the token says. */
codira_string documentation(reader *reader);

/* Gives the first comment of the file to the module, unless a definition follows it at once. */
void pass_header(reader *reader);

#endif
