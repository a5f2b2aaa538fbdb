#include "scanner.hpp"

namespace __PREFIX___analyzer {

namespace {

bool is_digit(unsigned char byte) { return byte >= '0' && byte <= '9'; }

bool is_letter(unsigned char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

bool ends_line(unsigned char byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

Scanner::Scanner(std::string_view source) : source_(source) {
  has_mark_ = source.substr(0, 3) == "\xEF\xBB\xBF";
  if (has_mark_) place_ = {3, 1, 4};
}

void Scanner::pass() {
  place_.offset += 1;
  place_.column += 1;
}

void Scanner::pass_line_end() {
  const bool is_pair = source_.substr(place_.offset, 2) == "\r\n";
  place_ = {place_.offset + (is_pair ? 2u : 1u), place_.line + 1, 1};
  line_is_blank_ = true;
}

void Scanner::pass_blanks() {
  while (!at_end()) {
    if (ends_line(byte())) {
      pass_line_end();
    } else if (byte() == ' ' || byte() == '\t') {
      pass();
    } else {
      return;
    }
  }
}

/// False where the line ends before the string does.
bool Scanner::pass_string() {
  pass();
  while (!at_end() && !ends_line(byte())) {
    const bool is_end = byte() == '"';
    pass();
    if (is_end) return true;
  }
  return false;
}

Token::Kind Scanner::pass_token(Token &token) {
  const unsigned char first = byte();
  if (is_letter(first)) {
    while (!at_end() && (is_letter(byte()) || is_digit(byte()))) pass();
    return Token::Kind::word;
  }
  if (first == '#') {
    while (!at_end() && !ends_line(byte())) pass();
    return Token::Kind::comment;
  }
  if (first == '"') {
    token.broken = !pass_string();
    return Token::Kind::string;
  }
  pass();
  // A character of several bytes is one sign, and a number is one too.
  while (!at_end() && first >= 0x80 && (byte() & 0xC0) == 0x80) pass();
  while (!at_end() && is_digit(first) && is_digit(byte())) pass();
  return Token::Kind::sign;
}

Token Scanner::next() {
  pass_blanks();
  Token token;
  token.range = {place_, place_};
  if (at_end()) return token;
  token.first_on_line = line_is_blank_;
  token.at_margin = place_.column == 1 || (place_.offset == 3 && has_mark_);
  line_is_blank_ = false;
  token.kind = pass_token(token);
  token.range.end = place_;
  token.text = source_.substr(token.range.start.offset, place_.offset - token.range.start.offset);
  return token;
}

}  // namespace __PREFIX___analyzer
