/*
 * codira_query_data.h: what `codira plugins build` embeds in a no-code analyzer, beside its grammar.
 *
 * libcodira-queries.a reads this one variable, which the generated data file defines.
 */
#ifndef CODIRA_QUERY_DATA_H
#define CODIRA_QUERY_DATA_H

#include <stddef.h>

typedef struct codira_query_data {
  const char *rules; /* JSON: the analyzer's rules and the texts of its queries */
  size_t length;
  const void *(*language)(void); /* the grammar's tree_sitter_NAME */
} codira_query_data;

extern const codira_query_data codira_embedded_data;

#endif
