#include "scanner.h"

static bool is_letter(uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static bool ends_line(uint8_t byte) { return byte == '\n' || byte == '\r'; }

static bool has_mark(const scanner *scanner) {
  return scanner->count >= 3 && scanner->bytes[0] == 0xEF && scanner->bytes[1] == 0xBB && scanner->bytes[2] == 0xBF;
}

scanner scanner_start(const codira_source *source) {
  scanner scanner = {.bytes = source->bytes, .count = source->byte_count, .line_is_blank = true};
  scanner.place = (codira_position){.offset = 0, .line = 1, .column = 1};
  if (has_mark(&scanner)) scanner.place = (codira_position){.offset = 3, .line = 1, .column = 4};
  return scanner;
}

static bool at_end(const scanner *scanner) { return scanner->place.offset >= scanner->count; }

static uint8_t next_byte(const scanner *scanner) { return scanner->bytes[scanner->place.offset]; }

static void pass(scanner *scanner) {
  scanner->place.offset += 1;
  scanner->place.column += 1;
}

static void pass_line_end(scanner *scanner) {
  bool is_pair = next_byte(scanner) == '\r' && scanner->place.offset + 1 < scanner->count &&
                 scanner->bytes[scanner->place.offset + 1] == '\n';
  scanner->place.offset += is_pair ? 2 : 1;
  scanner->place.line += 1;
  scanner->place.column = 1;
  scanner->line_is_blank = true;
}

static void pass_blanks(scanner *scanner) {
  while (!at_end(scanner)) {
    uint8_t byte = next_byte(scanner);
    if (ends_line(byte)) {
      pass_line_end(scanner);
    } else if (byte == ' ' || byte == '\t') {
      pass(scanner);
    } else {
      return;
    }
  }
}

static void pass_string(scanner *scanner, token *token) {
  pass(scanner);
  while (!at_end(scanner) && !ends_line(next_byte(scanner))) {
    bool is_end = next_byte(scanner) == '"';
    pass(scanner);
    if (is_end) return;
  }
  token->broken = true;
}

token scanner_next(scanner *scanner) {
  pass_blanks(scanner);
  token token = {.kind = TOKEN_END, .range = {scanner->place, scanner->place}};
  if (at_end(scanner)) return token;
  token.first_on_line = scanner->line_is_blank;
  token.at_margin = scanner->place.column == 1 || (scanner->place.offset == 3 && has_mark(scanner));
  scanner->line_is_blank = false;
  uint8_t first = next_byte(scanner);
  if (is_letter(first)) {
    token.kind = TOKEN_WORD;
    while (!at_end(scanner) && (is_letter(next_byte(scanner)) || is_digit(next_byte(scanner)))) pass(scanner);
  } else if (first == '#') {
    token.kind = TOKEN_COMMENT;
    while (!at_end(scanner) && !ends_line(next_byte(scanner))) pass(scanner);
  } else if (first == '"') {
    token.kind = TOKEN_STRING;
    pass_string(scanner, &token);
  } else {
    token.kind = TOKEN_SIGN;
    pass(scanner);
    /* A character of several bytes is one sign, and a number is one too. */
    while (!at_end(scanner) && first >= 0x80 && (next_byte(scanner) & 0xC0) == 0x80) pass(scanner);
    while (!at_end(scanner) && is_digit(first) && is_digit(next_byte(scanner))) pass(scanner);
  }
  token.range.end = scanner->place;
  return token;
}
