#ifndef __PREFIX___MEMORY_H
#define __PREFIX___MEMORY_H

#include <codira_analyzer.h>
#include <setjmp.h>

/* Memory for one file: taken piece by piece, given back at once.
 *
 * When memory is out, whatever takes some leaves through `failed`: nobody else has to check. */
typedef struct memory {
  struct memory_block *blocks;
  jmp_buf failed;
} memory;

/* Zeroed room for `size` bytes. */
void *memory_take(memory *memory, size_t size);

/* Room for one more item of `size` bytes behind `count` of them; the items may move. */
void *memory_grow(memory *memory, void *items, size_t count, size_t *capacity, size_t size);

/* The parts as one string. */
codira_string memory_join(memory *memory, const codira_string *parts, size_t count);

void memory_free(memory *memory);

/* A literal as a string. */
#define TEXT(literal) ((codira_string){.data = literal, .length = sizeof(literal) - 1})

#endif
