#include "document.h"

#include <stdlib.h>

/* Makes room for one more item of `size` bytes; NULL where memory is out. */
static void *grow(void *items, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return items;
  size_t wanted = *capacity * 2 + 32;
  void *larger = realloc(items, wanted * size);
  if (larger != NULL) *capacity = wanted;
  return larger;
}

ini_entry *ini_add_entry(ini_document *document, ini_entry entry) {
  ini_entry *entries =
      grow(document->entries, document->entry_count, &document->entry_capacity, sizeof *entries);
  if (entries == NULL) {
    document->failed = true;
    return NULL;
  }
  document->entries = entries;
  entry.first_span = document->span_count;
  entries[document->entry_count] = entry;
  return &entries[document->entry_count++];
}

void ini_add_span(ini_document *document, uint32_t start, uint32_t end) {
  codira_span *spans = grow(document->spans, document->span_count, &document->span_capacity, sizeof *spans);
  if (spans == NULL) {
    document->failed = true;
    return;
  }
  document->spans = spans;
  spans[document->span_count++] = (codira_span){.start = start, .end = end};
}

void ini_add_problem(ini_document *document, const char *message, codira_range range) {
  ini_problem *problems =
      grow(document->problems, document->problem_count, &document->problem_capacity, sizeof *problems);
  if (problems == NULL) {
    document->failed = true;
    return;
  }
  document->problems = problems;
  problems[document->problem_count++] = (ini_problem){.message = message, .range = range};
}

void ini_clear(ini_document *document) {
  free(document->text.data);
  free(document->entries);
  free(document->spans);
  free(document->problems);
  ini_ordinals_clear(&document->ordinals);
  *document = (ini_document){0};
}
