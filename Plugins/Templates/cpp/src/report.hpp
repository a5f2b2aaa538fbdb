#pragma once

#include <codira_analyzer.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace __PREFIX___analyzer {

/// The host's kind of string, borrowed.
inline codira_string borrow(std::string_view text) { return {text.data(), text.size()}; }

/// A range of nothing at one place.
inline codira_range empty_range(codira_position place) { return {place, place}; }

/// What a name may stand for: a root id and the names walked from it.
struct Candidate {
  std::string root;
  std::vector<std::string> members;
};

/// A symbol on its way to the host; ids, names and payload are made by the report.
struct Symbol {
  std::uint32_t kind = 0;
  std::uint32_t visibility = CODIRA_VISIBILITY_UNKNOWN;
  std::uint32_t flags = 0;
  int parameters_min = 0;
  int parameters_max = -1;
  std::string id;
  std::string name;
  std::string qualified_name;
  std::string signature;
  std::string documentation;
  codira_range range{};
  codira_range name_range{};
  std::vector<Candidate> aliases;
  std::vector<codira_span> payload;
  bool has_payload = true;  ///< whether it can be searched by meaning; imports say too little
  unsigned braces = 0;      ///< the reader's: open braces inside of it
  Symbol *outer = nullptr;  ///< what it stands in

  bool is_callable() const { return kind == CODIRA_KIND_FUNCTION || kind == CODIRA_KIND_METHOD; }
};

/// A use of something.
struct Reference {
  std::uint32_t role = 0;
  std::uint32_t flags = 0;
  std::string owner;
  std::string name;
  std::string receiver;
  codira_range range{};
  std::vector<Candidate> candidates;
};

/// How a name stands in an id: what a descriptor ends with.
enum class Descriptor : char { name_space = '/', type = '#', term = '.', callable = '(' };

/// An id: `parent` and one more name.  An ordinal above 0 marks a redefinition.
std::string make_id(std::string_view parent, Descriptor kind, std::string_view name, unsigned ordinal = 0);

/// Everything found in one file: kept until all is known, then sent in order.
class Report {
 public:
  explicit Report(Symbol module);

  /// Adds a symbol below the innermost open one; a second one of the same name gets an id of its own.
  Symbol &add(std::uint32_t kind, Descriptor descriptor, std::string_view name);

  /// What is added from here on stands in `symbol`, until it is closed.
  void open(Symbol &symbol) { open_ = &symbol; }
  void close(codira_position end);

  Symbol &module() { return symbols_.front(); }
  Symbol &innermost() { return *open_; }

  /// Bytes that no payload has.
  void comment(codira_range range) { comments_.push_back({range.start.offset, range.end.offset}); }

  /// A reference from the innermost open symbol.
  Reference &refer(std::uint32_t role, std::string_view name, codira_range range);

  void problem(const char *message, codira_range range);

  /// The comment that is the module's documentation.
  codira_range header{};

  /// Gives all of it to the host; CODIRA_RESULT_...
  std::int32_t send(const codira_sink &sink);

 private:
  void find_payloads();

  struct Problem {
    const char *message;
    codira_range range;
  };

  std::deque<Symbol> symbols_;  // a symbol stays where it is
  std::deque<Reference> references_;
  std::vector<Problem> problems_;
  std::vector<codira_span> comments_;
  std::unordered_map<std::string, unsigned> definitions_;
  Symbol *open_;
  bool is_partial_ = false;
};

}  // namespace __PREFIX___analyzer
