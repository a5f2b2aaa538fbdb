#pragma once

#include <codira_analyzer.h>

#include <string_view>

namespace __PREFIX___analyzer {

/// A piece of the source; none reaches over a line's end.
struct Token {
  enum class Kind { end, word, string, comment, sign };

  Kind kind = Kind::end;
  codira_range range{};
  std::string_view text;
  bool first_on_line = false;  ///< nothing but blanks before it
  bool at_margin = false;      ///< nothing at all before it
  bool broken = false;         ///< a string without its end
};

/// Reads tokens one after the other, and counts lines as the host does: after LF, CRLF and a lone CR.
class Scanner {
 public:
  explicit Scanner(std::string_view source);

  /// The next token; the end, again and again, behind the last.
  Token next();

  /// Behind the last byte that was read.
  codira_position place() const { return place_; }

 private:
  bool at_end() const { return place_.offset >= source_.size(); }
  unsigned char byte() const { return static_cast<unsigned char>(source_[place_.offset]); }
  void pass();
  void pass_line_end();
  void pass_blanks();
  bool pass_string();
  Token::Kind pass_token(Token &token);

  std::string_view source_;
  codira_position place_{0, 1, 1};
  bool has_mark_ = false;
  bool line_is_blank_ = true;
};

}  // namespace __PREFIX___analyzer
