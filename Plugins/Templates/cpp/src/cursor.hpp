#pragma once

#include <optional>

#include "report.hpp"
#include "scanner.hpp"

namespace __PREFIX___analyzer {

/// Where the reader is: the token to be read next, and the comment above it.
class Cursor {
 public:
  Cursor(std::string_view source, Report &report) : report_(report), source_(source), scanner_(source) { advance(); }

  const Token &token() const { return token_; }
  /// Where the token before ended.
  codira_position last_end() const { return last_end_; }
  /// The end of what has been read.
  codira_position place() const { return scanner_.place(); }
  bool at_end() const { return token_.kind == Token::Kind::end; }

  /// Goes on to the next token that is no comment.
  void advance();

  bool is_sign(char sign) const { return token_.kind == Token::Kind::sign && token_.text.front() == sign; }
  bool is_word(std::string_view word) const { return token_.kind == Token::Kind::word && token_.text == word; }
  bool is_keyword() const { return is_word("fn") || is_word("type") || is_word("use"); }
  bool is_name() const { return token_.kind == Token::Kind::word && !is_keyword(); }

  /// Goes on to the name behind `before`, and passes it; nothing, and a problem at `before`, where there is none.
  std::optional<Token> read_name(const Token &before, const char *problem);

  /// What the comment directly above the token says.
  std::string documentation() const;

  /// Gives the first comment of the file to the module, unless a definition follows it at once.
  void pass_header();

 private:
  void note_comment(const Token &comment);
  std::string text(codira_range range) const;

  Report &report_;
  std::string_view source_;
  Scanner scanner_;
  Token token_;
  codira_position last_end_{};
  std::optional<codira_range> comment_;  // lines with nothing between them
  std::optional<codira_range> header_;   // the first comment of the file
  bool is_past_header_ = false;
};

}  // namespace __PREFIX___analyzer
