#include "reader.hpp"

namespace __PREFIX___analyzer {

namespace {

/// The module: its names are the components of the path, the last one without the suffix.
Symbol make_module(std::string_view path) {
  constexpr std::string_view suffix = "__SUFFIX__";
  if (path.size() > suffix.size() && path.substr(path.size() - suffix.size()) == suffix &&
      path[path.size() - suffix.size() - 1] != '/') {
    path.remove_suffix(suffix.size());
  }
  Symbol module;
  module.kind = CODIRA_KIND_MODULE;
  module.visibility = CODIRA_VISIBILITY_PUBLIC;
  module.id = "__NAME__ ";
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    module.name = path.substr(start, end - start);
    module.id = make_id(module.id, Descriptor::name_space, module.name);
    module.qualified_name += (module.qualified_name.empty() ? "" : ".") + module.name;
    start = end + 1;
  }
  module.signature = module.qualified_name;
  module.range = module.name_range = empty_range({0, 1, 1});
  return module;
}

}  // namespace

Reader::Reader(std::string_view path, std::string_view source)
    : report_(make_module(path)), cursor_(source, report_) {}

bool Reader::read(const codira_sink &sink) {
  for (unsigned count = 1; !cursor_.at_end(); count++) {
    if (count % 4096 == 0 && sink.should_stop(sink.context)) return false;
    read_token();
  }
  cursor_.pass_header();
  close_all();
  report_.module().range.end = cursor_.place();
  return true;
}

void Reader::read_token() {
  cursor_.pass_header();
  if (cursor_.is_keyword() || cursor_.is_sign('}')) path_.clear();
  if (cursor_.is_keyword() && cursor_.token().at_margin) close_all();
  if (cursor_.is_word("fn")) {
    read_function();
  } else if (cursor_.is_word("type")) {
    read_type();
  } else if (cursor_.is_word("use")) {
    read_use();
  } else if (cursor_.is_sign('}')) {
    read_closing_brace();
  } else if (report_.innermost().is_callable()) {
    read_code();
  } else {
    read_unexpected();
  }
}

/// Ends every definition that still is open, where one begins at the margin or the file ends.
void Reader::close_all() {
  while (report_.innermost().outer != nullptr) {
    report_.problem("This definition has no closing brace.", report_.innermost().name_range);
    report_.close(cursor_.last_end());
  }
}

/// Fills in what every definition and every `use` has.
void Reader::describe(Symbol &symbol, const Token &keyword, const Token &name) {
  const bool is_private = symbol.name.front() == '_' || symbol.kind == CODIRA_KIND_IMPORT;
  symbol.visibility = is_private ? CODIRA_VISIBILITY_PRIVATE : CODIRA_VISIBILITY_PUBLIC;
  symbol.range.start = keyword.range.start;
  symbol.name_range = name.range;
}

/// Opens the body of a definition, or ends the definition where there is none.
void Reader::open_body(Symbol &symbol) {
  report_.open(symbol);
  if (cursor_.is_sign('{')) {
    cursor_.advance();
    return;
  }
  report_.problem("A body in braces must follow.", symbol.name_range);
  report_.close(cursor_.last_end());
}

/// `(a, b)`
std::vector<std::string_view> Reader::read_parameters() {
  std::vector<std::string_view> names;
  const codira_range start = cursor_.token().range;
  bool is_closed = false;
  if (cursor_.is_sign('(')) cursor_.advance();
  while (!is_closed && (cursor_.is_name() || cursor_.is_sign(',') || cursor_.is_sign(')'))) {
    is_closed = cursor_.is_sign(')');
    if (cursor_.is_name()) names.push_back(cursor_.token().text);
    cursor_.advance();
  }
  if (!is_closed) report_.problem("A closed list of parameters must follow.", start);
  return names;
}

void Reader::read_function() {
  const Token keyword = cursor_.token();
  std::string documentation = cursor_.documentation();
  const auto name = cursor_.read_name(keyword, "A name must follow `fn`.");
  if (!name) return;
  const bool is_method = report_.innermost().kind == CODIRA_KIND_CLASS;
  Symbol &added =
      report_.add(is_method ? CODIRA_KIND_METHOD : CODIRA_KIND_FUNCTION, Descriptor::callable, name->text);
  describe(added, keyword, *name);
  added.documentation = std::move(documentation);
  if (added.name.size() > 5 && added.name.compare(0, 5, "test_") == 0) added.flags |= CODIRA_SYMBOL_TEST;
  added.signature = "fn " + added.name + "(";
  const auto parameters = read_parameters();
  for (const auto &parameter : parameters) {
    if (&parameter != &parameters.front()) added.signature += ", ";
    added.signature += parameter;
  }
  added.signature += ")";
  added.parameters_min = added.parameters_max = static_cast<int>(parameters.size());
  open_body(added);
}

void Reader::read_type() {
  const Token keyword = cursor_.token();
  std::string documentation = cursor_.documentation();
  const auto name = cursor_.read_name(keyword, "A name must follow `type`.");
  if (!name) return;
  Symbol &added = report_.add(CODIRA_KIND_CLASS, Descriptor::type, name->text);
  describe(added, keyword, *name);
  added.documentation = std::move(documentation);
  added.signature = "type " + added.name;
  open_body(added);
}

void Reader::read_closing_brace() {
  Symbol &innermost = report_.innermost();
  if (innermost.outer == nullptr) {
    report_.problem("This brace closes nothing.", cursor_.token().range);
  } else if (innermost.braces > 0) {
    innermost.braces -= 1;
  } else {
    report_.close(cursor_.token().range.end);
  }
  cursor_.advance();
}

void Reader::read_unexpected() {
  report_.problem("Only `fn`, `type` and `use` can stand here.", cursor_.token().range);
  const auto line = cursor_.token().range.start.line;
  while (!cursor_.at_end() && cursor_.token().range.start.line == line) cursor_.advance();
}

}  // namespace __PREFIX___analyzer
