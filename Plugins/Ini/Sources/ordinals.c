#include "ordinals.h"

#include <stdlib.h>
#include <string.h>

struct ini_ordinal {
  ini_slice id;
  uint64_t hash;
  uint32_t next; /* 0: the slot is free */
};

static uint64_t hash_bytes(const char *bytes, size_t count) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (size_t i = 0; i < count; i++) hash = (hash ^ (uint8_t)bytes[i]) * 0x100000001B3u;
  return hash;
}

static bool grow(ini_ordinals *ordinals) {
  size_t capacity = ordinals->capacity == 0 ? 64 : ordinals->capacity * 2;
  struct ini_ordinal *slots = calloc(capacity, sizeof *slots);
  if (slots == NULL) return false;
  for (size_t i = 0; i < ordinals->capacity; i++) {
    if (ordinals->slots[i].next == 0) continue;
    size_t place = ordinals->slots[i].hash & (capacity - 1);
    while (slots[place].next != 0) place = (place + 1) & (capacity - 1);
    slots[place] = ordinals->slots[i];
  }
  free(ordinals->slots);
  ordinals->slots = slots;
  ordinals->capacity = capacity;
  return true;
}

uint32_t ini_next_ordinal(ini_ordinals *ordinals, const ini_text *text, ini_slice id) {
  if (text->failed) return 0;
  if (ordinals->count * 2 >= ordinals->capacity && !grow(ordinals)) {
    ordinals->failed = true;
    return 0;
  }
  const char *bytes = text->data + id.start;
  uint64_t hash = hash_bytes(bytes, id.length);
  size_t place = hash & (ordinals->capacity - 1);
  for (; ordinals->slots[place].next != 0; place = (place + 1) & (ordinals->capacity - 1)) {
    struct ini_ordinal *slot = &ordinals->slots[place];
    bool same = slot->hash == hash && slot->id.length == id.length &&
                memcmp(text->data + slot->id.start, bytes, id.length) == 0;
    if (same) return slot->next++;
  }
  ordinals->slots[place] = (struct ini_ordinal){.id = id, .hash = hash, .next = 1};
  ordinals->count += 1;
  return 0;
}

void ini_ordinals_clear(ini_ordinals *ordinals) {
  free(ordinals->slots);
  *ordinals = (ini_ordinals){0};
}
