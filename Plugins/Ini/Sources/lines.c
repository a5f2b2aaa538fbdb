#include "lines.h"

static bool is_blank(uint8_t byte) {
  return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f' || byte == 0;
}

/* The offset behind the line end at or after `offset`; `*end` becomes the offset of that line end. */
static uint32_t pass_line(const uint8_t *bytes, size_t count, uint32_t offset, uint32_t *end) {
  while (offset < count && bytes[offset] != '\n' && bytes[offset] != '\r') offset += 1;
  *end = offset;
  if (offset == count) return offset;
  if (bytes[offset] == '\r' && offset + 1 < count && bytes[offset + 1] == '\n') return offset + 2;
  return offset + 1;
}

bool ini_next_line(const uint8_t *bytes, size_t count, ini_line *line) {
  if (line->next >= count) return false;
  line->start = line->next;
  line->number += 1;
  line->next = pass_line(bytes, count, line->start, &line->end);
  uint32_t first = line->start;
  if (first == 0 && count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) first = 3;
  line->content = first;
  while (line->content < line->end && is_blank(bytes[line->content])) line->content += 1;
  while (line->end > line->content && is_blank(bytes[line->end - 1])) line->end -= 1;
  line->indent = line->content - first;
  return true;
}

codira_position ini_position(const ini_line *line, uint32_t offset) {
  return (codira_position){.offset = offset, .line = line->number, .column = offset - line->start + 1};
}

codira_position ini_end(const uint8_t *bytes, size_t count) {
  codira_position place = {.offset = 0, .line = 1, .column = 1};
  uint32_t end = 0;
  while (place.offset < count) {
    uint32_t next = pass_line(bytes, count, place.offset, &end);
    if (end == next) {
      place.column += next - place.offset;
    } else {
      place.line += 1;
    }
    place.offset = next;
  }
  return place;
}
