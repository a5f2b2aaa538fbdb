#include "CEmbedding.h"

enum { WORD = CODIRA_WORD, DROP = CODIRA_DROP, SPACE = CODIRA_SPACE, ALONE = CODIRA_ALONE };

struct kind_range {
  uint32_t first, last;
  int kind;
};

/// Every `step`th scalar from `first` to `last` becomes itself plus `distance`.
struct single_run {
  uint32_t first, last;
  uint32_t step;
  int32_t distance;
};

struct several {
  uint32_t scalar;
  uint32_t result[3];  // unused places are 0
};

#include "character_tables.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

codira_character_kind codira_character_kind_of(uint32_t scalar) {
  size_t low = 0, high = COUNT(kind_ranges);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (scalar > kind_ranges[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == COUNT(kind_ranges) || scalar < kind_ranges[low].first) return CODIRA_WORD;
  return (codira_character_kind)kind_ranges[low].kind;
}

// A syllable is lead + vowel + optional tail, counted in that order from U+AC00.
static size_t decompose_hangul(uint32_t scalar, uint32_t result[3]) {
  const uint32_t vowels = 21, tails = 28;
  uint32_t index = scalar - 0xAC00;
  result[0] = 0x1100 + index / (vowels * tails);
  result[1] = 0x1161 + index % (vowels * tails) / tails;
  result[2] = 0x11A7 + index % tails;
  return index % tails ? 3 : 2;
}

static size_t map_to_several(uint32_t scalar, uint32_t result[3]) {
  for (size_t i = 0; i < COUNT(several_mappings); i++) {
    if (several_mappings[i].scalar != scalar) continue;
    size_t count = 0;
    while (count < 3 && several_mappings[i].result[count]) {
      result[count] = several_mappings[i].result[count];
      count++;
    }
    return count;
  }
  return 0;
}

size_t codira_character_map(uint32_t scalar, uint32_t result[3]) {
  if (scalar >= 0xAC00 && scalar <= 0xD7A3) return decompose_hangul(scalar, result);
  size_t low = 0, high = COUNT(single_runs);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (scalar > single_runs[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  const struct single_run *run = &single_runs[low];
  if (low < COUNT(single_runs) && scalar >= run->first && (scalar - run->first) % run->step == 0) {
    result[0] = (uint32_t)((int32_t)scalar + run->distance);
    return 1;
  }
  return map_to_several(scalar, result);
}
