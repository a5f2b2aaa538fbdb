#ifndef CODIRA_INI_DOCUMENT_H
#define CODIRA_INI_DOCUMENT_H

#include "lines.h"
#include "ordinals.h"
#include "text.h"

/* A symbol of the file: its module, a section or a key. */
typedef struct ini_entry {
  uint32_t kind; /* CODIRA_KIND_... */
  ini_slice id;
  ini_slice parent;
  ini_slice name;
  ini_slice qualified_name;
  ini_slice signature;
  ini_slice documentation;
  codira_range range;
  codira_range name_range;
  size_t first_span;
  size_t span_count;
} ini_entry;

typedef struct ini_problem {
  const char *message;
  codira_range range;
} ini_problem;

/* Everything read from one file; the first entry is the module. */
typedef struct ini_document {
  ini_text text;
  ini_ordinals ordinals;
  ini_entry *entries;
  size_t entry_count;
  size_t entry_capacity;
  codira_span *spans;
  size_t span_count;
  size_t span_capacity;
  ini_problem *problems;
  size_t problem_count;
  size_t problem_capacity;
  codira_range header; /* the comment that documents the module */
  bool failed;         /* out of memory */
} ini_document;

/* Reads a whole file; look at `failed` afterwards. */
void ini_read(ini_document *document, const codira_source *source);

void ini_clear(ini_document *document);

ini_entry *ini_add_entry(ini_document *document, ini_entry entry);
void ini_add_span(ini_document *document, uint32_t start, uint32_t end);
void ini_add_problem(ini_document *document, const char *message, codira_range range);

#endif
