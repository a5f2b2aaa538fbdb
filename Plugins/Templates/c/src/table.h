#ifndef __PREFIX___TABLE_H
#define __PREFIX___TABLE_H

#include <stdbool.h>

#include "memory.h"

/* What is known of a string: how often it was defined, what it stands for. */
typedef struct table_entry {
  codira_string key;
  codira_string value;
  uint32_t count;
} table_entry;

/* Strings and what is known of them; begins as all zeros. */
typedef struct table {
  table_entry *entries;
  size_t count;
  size_t capacity;
} table;

bool same_string(codira_string left, codira_string right);

/* The entry of a key, or NULL. */
table_entry *table_find(const table *table, codira_string key);

/* The entry of a key, made where there is none; valid until the next one is made. */
table_entry *table_entry_of(table *table, memory *memory, codira_string key);

#endif
