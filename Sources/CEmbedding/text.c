#include "CEmbedding.h"

enum {
  LETTER = CODIRA_LETTER,
  NUMBER = CODIRA_NUMBER,
  WHITE = CODIRA_WHITE,
  WORD = CODIRA_WORD_PART,
  CONTROL = CODIRA_CONTROL,
  BLANK = CODIRA_BLANK,
  IDEOGRAPH = CODIRA_IDEOGRAPH,
  NONSPACING = CODIRA_NONSPACING,
  MARK = CODIRA_MARK,
  PUNCTUATION = CODIRA_PUNCTUATION,
};

struct class_range {
  uint32_t first, last, value;
};

/// Every `step`th scalar from `first` to `last` becomes itself plus `distance`.
struct lower_run {
  uint32_t first, last;
  uint32_t step;
  int32_t distance;
};

struct parts {
  uint32_t scalar;
  uint32_t result[4];  // unused places are 0
};

struct pair {
  uint32_t first, second, composed;
};

#include "text_tables.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static uint32_t find_range(const struct class_range *ranges, size_t count, uint32_t scalar) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (scalar > ranges[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && scalar >= ranges[low].first ? ranges[low].value : 0;
}

static size_t find_parts(const struct parts *table, size_t length, uint32_t scalar, uint32_t result[4]) {
  size_t low = 0, high = length;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (scalar > table[middle].scalar)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == length || table[low].scalar != scalar) return 0;
  size_t count = 0;
  while (count < 4 && table[low].result[count]) {
    result[count] = table[low].result[count];
    count++;
  }
  return count;
}

uint32_t codira_text_classes(uint32_t scalar) {
  return find_range(class_ranges, COUNT(class_ranges), scalar);
}

uint32_t codira_text_order(uint32_t scalar) {
  return scalar < 0x300 ? 0 : find_range(order_ranges, COUNT(order_ranges), scalar);
}

size_t codira_text_lower(uint32_t scalar, uint32_t result[4]) {
  size_t low = 0, high = COUNT(lower_runs);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (scalar > lower_runs[middle].last)
      low = middle + 1;
    else
      high = middle;
  }
  const struct lower_run *run = &lower_runs[low];
  if (low < COUNT(lower_runs) && scalar >= run->first && (scalar - run->first) % run->step == 0) {
    result[0] = (uint32_t)((int32_t)scalar + run->distance);
    return 1;
  }
  return find_parts(lower_parts, COUNT(lower_parts), scalar, result);
}

// Hangul syllables are lead + vowel + optional tail, counted in that order from U+AC00.
enum { SYLLABLE = 0xAC00, LEAD = 0x1100, VOWEL = 0x1161, TAIL = 0x11A7, LEADS = 19, VOWELS = 21, TAILS = 28 };

size_t codira_text_decompose(uint32_t scalar, uint32_t result[4]) {
  uint32_t index = scalar - SYLLABLE;
  if (index >= LEADS * VOWELS * TAILS) {
    return find_parts(canonical_parts, COUNT(canonical_parts), scalar, result);
  }
  result[0] = LEAD + index / (VOWELS * TAILS);
  result[1] = VOWEL + index % (VOWELS * TAILS) / TAILS;
  result[2] = TAIL + index % TAILS;
  return index % TAILS ? 3 : 2;
}

uint32_t codira_text_compose(uint32_t first, uint32_t second) {
  if (first - LEAD < LEADS && second - VOWEL < VOWELS) {
    return SYLLABLE + ((first - LEAD) * VOWELS + second - VOWEL) * TAILS;
  }
  if (first - SYLLABLE < LEADS * VOWELS * TAILS && (first - SYLLABLE) % TAILS == 0 && second > TAIL &&
      second < TAIL + TAILS) {
    return first + second - TAIL;
  }
  size_t low = 0, high = COUNT(pairs);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (first > pairs[middle].first || (first == pairs[middle].first && second > pairs[middle].second))
      low = middle + 1;
    else
      high = middle;
  }
  int found = low < COUNT(pairs) && pairs[low].first == first && pairs[low].second == second;
  return found ? pairs[low].composed : 0;
}
