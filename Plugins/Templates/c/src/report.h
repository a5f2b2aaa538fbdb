#ifndef __PREFIX___REPORT_H
#define __PREFIX___REPORT_H

#include "table.h"

/* A symbol on its way to the host.  The reader fills in what it knows; ids, names and payload are made here. */
typedef struct symbol {
  codira_symbol artifact;
  bool has_payload; /* whether it can be searched by meaning; imports say too little */
  uint32_t braces;  /* the reader's: open braces inside of it */
  struct symbol *outer; /* what it stands in */
  struct symbol *next;
  /* The bytes that its payload has, and where the next of them begin. */
  struct piece *pieces;
  struct piece *last_piece;
  uint32_t cursor;
} symbol;

/* How a name stands in an id: what a descriptor ends with. */
typedef enum descriptor { NAMESPACE = '/', TYPE = '#', TERM = '.', CALLABLE = '(' } descriptor;

/* Everything found in one file: kept until all is known, then sent in order. */
typedef struct report {
  memory memory;
  const codira_source *source;
  symbol *first;
  symbol *last;
  symbol *open; /* the innermost symbol that has not ended */
  table definitions; /* by id: how often it was defined */
  codira_span *comments;
  size_t comment_count;
  size_t comment_capacity;
  codira_reference *references;
  size_t reference_count;
  size_t reference_capacity;
  codira_diagnostic *diagnostics;
  size_t diagnostic_count;
  size_t diagnostic_capacity;
  bool is_partial;
  codira_range header; /* the comment that is the module's documentation */
} report;

bool is_callable(const symbol *symbol);

/* An id: `parent` and one more name.  An ordinal above 0 marks a redefinition. */
codira_string report_id(report *report, codira_string parent, descriptor kind, codira_string name, uint32_t ordinal);

/* Adds a symbol below the innermost open one; a second one of the same name gets an id of its own. */
symbol *report_add(report *report, uint32_t kind, descriptor descriptor, codira_string name);

/* What is added from here on stands in `symbol`, until it is closed. */
void report_open(report *report, symbol *symbol);
void report_close(report *report, codira_position end);

/* Bytes that no payload has. */
void report_comment(report *report, codira_range range);

/* A reference from the innermost open symbol; the caller fills in the rest. */
codira_reference *report_reference(report *report, uint32_t role, codira_string name, codira_range range);

void report_problem(report *report, const char *message, codira_range range);

/* Gives all of it to the host; CODIRA_RESULT_... */
int32_t report_send(report *report, const codira_sink *sink);

#endif
