#ifndef CODIRA_INI_ORDINALS_H
#define CODIRA_INI_ORDINALS_H

#include "text.h"

/* Counts how often an id was asked for, so that the second gets the ordinal 1. */
typedef struct ini_ordinals {
  struct ini_ordinal *slots;
  size_t capacity;
  size_t count;
  bool failed;
} ini_ordinals;

/* How many equal ids came before; ids are slices of `text`, which stays the same buffer for one table. */
uint32_t ini_next_ordinal(ini_ordinals *ordinals, const ini_text *text, ini_slice id);

void ini_ordinals_clear(ini_ordinals *ordinals);

#endif
