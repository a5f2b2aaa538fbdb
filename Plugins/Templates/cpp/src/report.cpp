#include "report.hpp"

#include <algorithm>

namespace __PREFIX___analyzer {

namespace {

constexpr std::size_t problem_limit = 100;

bool is_simple(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_+-$").find(c) != std::string_view::npos;
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_plain);
}

/// A name in back-ticks, with those and each `;` inside doubled.
std::string quoted(std::string_view name, std::string_view mark) {
  std::string text = "`";
  for (const char c : name) {
    if (c == '`' || c == ';') text += c;
    text += c;
  }
  return text.append(mark) += '`';
}

}  // namespace

std::string make_id(std::string_view parent, Descriptor kind, std::string_view name, unsigned ordinal) {
  const bool is_callable = kind == Descriptor::callable;
  const std::string mark = ordinal == 0 ? "" : ";+" + std::to_string(ordinal);
  const bool marks_name = ordinal > 0 && !is_callable;
  std::string id(parent);
  if (marks_name || !is_simple(name)) {
    id += quoted(name, marks_name ? mark : "");
  } else {
    id += name;
  }
  id += static_cast<char>(kind);
  return is_callable ? id + mark + ")." : id;
}

Report::Report(Symbol module) {
  symbols_.push_back(std::move(module));
  open_ = &symbols_.front();
}

Symbol &Report::add(std::uint32_t kind, Descriptor descriptor, std::string_view name) {
  std::string id = make_id(open_->id, descriptor, name);
  const unsigned earlier = definitions_[id]++;
  if (earlier > 0) id = make_id(open_->id, descriptor, name, earlier);
  Symbol &added = symbols_.emplace_back();
  added.kind = kind;
  added.flags = open_->is_callable() ? CODIRA_SYMBOL_LOCAL : open_->flags & CODIRA_SYMBOL_LOCAL;
  added.id = std::move(id);
  added.name = name;
  added.qualified_name = open_->qualified_name + "." + added.name;
  added.has_payload = kind != CODIRA_KIND_IMPORT;
  added.outer = open_;
  return added;
}

void Report::close(codira_position end) {
  open_->range.end = end;
  open_ = open_->outer;
}

Reference &Report::refer(std::uint32_t role, std::string_view name, codira_range range) {
  Reference &added = references_.emplace_back();
  added.role = role;
  added.owner = open_->id;
  added.name = name;
  added.range = range;
  return added;
}

void Report::problem(const char *message, codira_range range) {
  is_partial_ = true;
  if (problems_.size() < problem_limit) problems_.push_back({message, range});
}

}  // namespace __PREFIX___analyzer
