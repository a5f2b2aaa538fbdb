#include "memory.h"

#include <stdlib.h>
#include <string.h>

struct memory_block {
  struct memory_block *next;
  size_t used;
  size_t size;
  max_align_t bytes[];
};

enum { block_size = 64 << 10, alignment = sizeof(max_align_t) };

void *memory_take(memory *memory, size_t size) {
  size = (size + alignment - 1) / alignment * alignment;
  struct memory_block *block = memory->blocks;
  if (block == NULL || block->size - block->used < size) {
    size_t room = size > block_size ? size : block_size;
    block = malloc(sizeof *block + room);
    if (block == NULL) longjmp(memory->failed, 1);
    *block = (struct memory_block){.next = memory->blocks, .size = room};
    memory->blocks = block;
  }
  void *place = (char *)block->bytes + block->used;
  block->used += size;
  return memset(place, 0, size);
}

void *memory_grow(memory *memory, void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return items;
  *capacity = *capacity * 2 + 16;
  void *larger = memory_take(memory, *capacity * size);
  return count == 0 ? larger : memcpy(larger, items, count * size);
}

codira_string memory_join(memory *memory, const codira_string *parts, size_t count) {
  size_t length = 0;
  for (size_t i = 0; i < count; i++) length += parts[i].length;
  if (length == 0) return (codira_string){0};
  char *place = memory_take(memory, length);
  size_t offset = 0;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].length > 0) memcpy(place + offset, parts[i].data, parts[i].length);
    offset += parts[i].length;
  }
  return (codira_string){.data = place, .length = length};
}

void memory_free(memory *memory) {
  while (memory->blocks != NULL) {
    struct memory_block *next = memory->blocks->next;
    free(memory->blocks);
    memory->blocks = next;
  }
}
