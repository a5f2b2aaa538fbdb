#pragma once

#include "cursor.hpp"

namespace __PREFIX___analyzer {

/// Reads one source into a report: what the language is.
///
///     use shop.money              names of the module shop/money
///     type Cart { fn add(item) { price(item) } }
///     fn price(item) { money.round(item) }
///
/// A definition may stand in another one.  One that begins at the left margin always stands at the top: so a brace
/// that is missing costs one definition, not the rest of the file.
class Reader {
 public:
  Reader(std::string_view path, std::string_view source);

  /// False when the host no longer wants the result.
  bool read(const codira_sink &sink);

  Report &report() { return report_; }

 private:
  void read_token();
  void read_function();
  void read_type();
  void read_use();
  void read_code();
  void read_call();
  void read_closing_brace();
  void read_unexpected();
  std::vector<std::string_view> read_parameters();
  void describe(Symbol &symbol, const Token &keyword, const Token &name);
  void open_body(Symbol &symbol);
  void close_all();
  void find_in_scopes(Reference &reference);
  void find_in_module(Reference &reference);

  Report report_;
  Cursor cursor_;
  std::unordered_map<std::string_view, std::string> modules_;  // by the name in use: what `use` gives
  std::vector<Token> path_;                                    // `a.b.c` of a call, as far as it has been read
  bool is_path_open_ = false;                                  // a dot came last
};

}  // namespace __PREFIX___analyzer
