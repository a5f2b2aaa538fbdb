#include "cursor.hpp"

namespace __PREFIX___analyzer {

void Cursor::note_comment(const Token &comment) {
  report_.comment(comment.range);
  const bool follows = comment_ && comment_->end.line + 1 == comment.range.start.line;
  if (!comment.first_on_line) {
    comment_.reset();
    return;
  }
  if (follows) {
    comment_->end = comment.range.end;
  } else {
    comment_ = comment.range;
  }
  const bool is_first = !header_ || header_->start.offset == comment_->start.offset;
  if (is_first && !is_past_header_) header_ = comment_;
}

void Cursor::advance() {
  if (!at_end()) last_end_ = token_.range.end;
  while ((token_ = scanner_.next()).kind == Token::Kind::comment) note_comment(token_);
  if (token_.broken) report_.problem("This string does not end.", token_.range);
}

std::optional<Token> Cursor::read_name(const Token &before, const char *problem) {
  const codira_range place = before.range;
  advance();
  if (!is_name()) {
    report_.problem(problem, place);
    return std::nullopt;
  }
  const Token name = token_;
  advance();
  return name;
}

/// What the lines of a comment say: without markers and one blank behind each.
std::string Cursor::text(codira_range range) const {
  std::string_view rest = source_.substr(range.start.offset, range.end.offset - range.start.offset);
  std::string text;
  while (!rest.empty()) {
    std::size_t start = rest.find_first_not_of(" \t");
    start = start == std::string_view::npos ? rest.size() : start;
    start = std::min(rest.find_first_not_of('#', start), rest.size());
    if (start < rest.size() && rest[start] == ' ') start += 1;
    const std::size_t end = std::min(rest.find_first_of("\r\n", start), rest.size());
    text += rest.substr(start, end - start);
    text.erase(text.find_last_not_of(" \t") + 1);
    rest.remove_prefix(end);
    if (rest.empty()) break;
    rest.remove_prefix(rest.substr(0, 2) == "\r\n" ? 2 : 1);
    text += '\n';
  }
  return text;
}

std::string Cursor::documentation() const {
  const bool is_above = comment_ && comment_->end.line + 1 == token_.range.start.line;
  return is_above ? text(*comment_) : "";
}

void Cursor::pass_header() {
  if (is_past_header_) return;
  is_past_header_ = true;
  if (!header_) return;
  const bool is_above = header_->end.line + 1 == token_.range.start.line;
  if (is_above && is_keyword() && !is_word("use")) return;
  report_.module().documentation = text(*header_);
  report_.header = *header_;
}

}  // namespace __PREFIX___analyzer
