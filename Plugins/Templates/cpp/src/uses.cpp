#include "reader.hpp"

namespace __PREFIX___analyzer {

namespace {

constexpr std::size_t path_limit = 16;
constexpr std::size_t scope_limit = 8;

}  // namespace

void Reader::read_use() {
  const Token keyword = cursor_.token();
  std::string id = "__NAME__ ";
  std::string path;
  auto name = cursor_.read_name(keyword, "A module's name must follow `use`.");
  if (!name) return;
  for (auto next = name; next;) {
    name = next;
    id = make_id(id, Descriptor::name_space, name->text);
    path += path.empty() ? "" : ".";
    path += name->text;
    if (!cursor_.is_sign('.')) break;
    next = cursor_.read_name(cursor_.token(), "A name must follow the dot.");
  }
  Symbol &added = report_.add(CODIRA_KIND_IMPORT, Descriptor::term, name->text);
  describe(added, keyword, *name);
  added.signature = "use " + path;
  added.range.end = cursor_.last_end();
  added.aliases = {{id, {}}};
  Reference &reference = report_.refer(CODIRA_ROLE_IMPORTS, name->text, name->range);
  reference.flags = CODIRA_REFERENCE_NO_NAME;
  reference.candidates = added.aliases;
  modules_[name->text] = id;
}

/// A name alone is looked for in the function around it, in what that stands in, and so on up to the module.
void Reader::find_in_scopes(Reference &reference) {
  for (Symbol *scope = &report_.innermost(); scope != nullptr; scope = scope->outer) {
    const bool is_module = scope->outer == nullptr;
    if (reference.candidates.size() == scope_limit - 1 && !is_module) continue;
    reference.candidates.push_back({scope->id, {reference.name}});
  }
  reference.flags = CODIRA_REFERENCE_NO_NAME;
}

/// `money.round`: what `use` gave, and the names behind it.  Nothing is known of any other receiver.
void Reader::find_in_module(Reference &reference) {
  std::vector<std::string> members;
  for (std::size_t i = 0; i < path_.size(); i++) {
    if (i + 1 < path_.size()) reference.receiver.append(i == 0 ? "" : ".").append(path_[i].text);
    if (i > 0) members.emplace_back(path_[i].text);
  }
  const auto module = modules_.find(path_.front().text);
  if (module == modules_.end()) return;
  reference.candidates.push_back({module->second, std::move(members)});
  reference.flags = CODIRA_REFERENCE_NO_NAME;
}

void Reader::read_call() {
  Reference &reference = report_.refer(CODIRA_ROLE_CALL, path_.back().text, path_.back().range);
  if (path_.size() == 1) {
    find_in_scopes(reference);
  } else {
    find_in_module(reference);
  }
}

/// One token of a function's body; a name before a parenthesis is a call.
void Reader::read_code() {
  if (cursor_.is_sign('{')) report_.innermost().braces += 1;
  if (cursor_.is_name()) {
    if (!is_path_open_ || path_.size() == path_limit) path_.clear();
    path_.push_back(cursor_.token());
    is_path_open_ = false;
  } else if (cursor_.is_sign('.') && !path_.empty() && !is_path_open_) {
    is_path_open_ = true;
  } else {
    if (cursor_.is_sign('(') && !path_.empty() && !is_path_open_) read_call();
    path_.clear();
    is_path_open_ = false;
  }
  cursor_.advance();
}

}  // namespace __PREFIX___analyzer
