#include "table.h"

#include <string.h>

bool same_string(codira_string left, codira_string right) {
  return left.length == right.length && (left.length == 0 || memcmp(left.data, right.data, left.length) == 0);
}

/* Where the key is, or where it belongs; the capacity is a power of two and never full. */
static table_entry *slot_of(const table *table, codira_string key) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (size_t i = 0; i < key.length; i++) hash = (hash ^ (uint8_t)key.data[i]) * 0x100000001B3u;
  size_t place = hash & (table->capacity - 1);
  while (table->entries[place].key.data != NULL && !same_string(table->entries[place].key, key)) {
    place = (place + 1) & (table->capacity - 1);
  }
  return &table->entries[place];
}

static void grow(table *table, memory *memory) {
  struct table larger = {.count = table->count, .capacity = table->capacity == 0 ? 64 : table->capacity * 2};
  larger.entries = memory_take(memory, larger.capacity * sizeof *larger.entries);
  for (size_t i = 0; i < table->capacity; i++) {
    if (table->entries[i].key.data != NULL) *slot_of(&larger, table->entries[i].key) = table->entries[i];
  }
  *table = larger;
}

table_entry *table_find(const table *table, codira_string key) {
  if (table->capacity == 0) return NULL;
  table_entry *entry = slot_of(table, key);
  return entry->key.data == NULL ? NULL : entry;
}

table_entry *table_entry_of(table *table, memory *memory, codira_string key) {
  if (table->count * 2 >= table->capacity) grow(table, memory);
  table_entry *entry = slot_of(table, key);
  if (entry->key.data == NULL) {
    entry->key = key;
    table->count += 1;
  }
  return entry;
}
