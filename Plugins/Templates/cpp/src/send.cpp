#include <cstdint>
#include <cstring>
#include <limits>

#include "report.hpp"

namespace __PREFIX___analyzer {

namespace {

/// The symbols around a place, innermost first, and where the next bytes of each payload begin.
class PayloadSweep {
 public:
  void close_up_to(std::uint64_t offset) {
    while (!open_.empty() && open_.back().symbol->range.end.offset <= offset) {
      add(open_.back(), open_.back().symbol->range.end.offset);
      open_.pop_back();
    }
  }

  /// Leaves bytes out of the innermost payload.
  void cut(std::uint32_t start, std::uint32_t end) {
    if (open_.empty()) return;
    add(open_.back(), start);
    if (end > open_.back().cursor) open_.back().cursor = end;
  }

  void open(Symbol &symbol) { open_.push_back({&symbol, symbol.range.start.offset}); }

 private:
  struct Open {
    Symbol *symbol;
    std::uint32_t cursor;
  };

  static void add(Open &open, std::uint32_t end) {
    if (open.cursor < end) open.symbol->payload.push_back({open.cursor, end});
  }

  std::vector<Open> open_;
};

/// Candidates as the host wants them; they point into those given.
class CandidateTable {
 public:
  explicit CandidateTable(const std::vector<Candidate> &candidates) {
    std::size_t count = 0;
    for (const Candidate &candidate : candidates) count += candidate.members.size();
    members_.reserve(count);  // the pointers below must stay
    for (const Candidate &candidate : candidates) {
      const codira_string *first = members_.data() + members_.size();
      for (const std::string &member : candidate.members) members_.push_back(borrow(member));
      rows_.push_back({borrow(candidate.root), first, static_cast<std::uint32_t>(candidate.members.size()), 0});
    }
  }

  const codira_candidate *data() const { return rows_.empty() ? nullptr : rows_.data(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }

 private:
  std::vector<codira_string> members_;
  std::vector<codira_candidate> rows_;
};

void send_symbol(const Symbol &symbol, const codira_sink &sink) {
  const CandidateTable aliases(symbol.aliases);
  codira_symbol row{};
  row.size = sizeof row;
  row.kind = symbol.kind;
  row.visibility = symbol.visibility;
  row.flags = symbol.flags;
  row.parameters_min = symbol.parameters_min;
  row.parameters_max = symbol.parameters_max;
  row.id = borrow(symbol.id);
  if (symbol.outer != nullptr) row.parent = borrow(symbol.outer->id);
  row.name = borrow(symbol.name);
  row.qualified_name = borrow(symbol.qualified_name);
  row.signature = borrow(symbol.signature);
  row.documentation = borrow(symbol.documentation);
  row.range = symbol.range;
  row.name_range = symbol.name_range;
  row.aliases = aliases.data();
  row.alias_count = aliases.size();
  row.payload = symbol.payload.empty() ? nullptr : symbol.payload.data();
  row.payload_count = static_cast<std::uint32_t>(symbol.payload.size());
  sink.symbol(sink.context, &row);
}

void send_reference(const Reference &reference, const codira_sink &sink) {
  const CandidateTable candidates(reference.candidates);
  codira_reference row{};
  row.size = sizeof row;
  row.role = reference.role;
  row.flags = reference.flags;
  row.argument_count = -1;
  row.owner = borrow(reference.owner);
  row.name = borrow(reference.name);
  row.receiver = borrow(reference.receiver);
  row.range = reference.range;
  row.candidates = candidates.data();
  row.candidate_count = candidates.size();
  sink.reference(sink.context, &row);
}

void send_problem(const char *message, codira_range range, const codira_sink &sink) {
  codira_diagnostic row{};
  row.size = sizeof row;
  row.severity = CODIRA_SEVERITY_WARNING;
  row.code = borrow("syntax");
  row.message = borrow(message);
  row.range = range;
  sink.diagnostic(sink.context, &row);
}

/// The comment at the top of the file is the module's documentation, and a piece of its own.
void send_header(const Symbol &module, codira_range range, const codira_sink &sink) {
  if (module.documentation.empty()) return;
  codira_documentation row{};
  row.size = sizeof row;
  row.id = row.owner = borrow(module.id);
  row.format = borrow("plain");
  row.text = borrow(module.documentation);
  row.range = range;
  sink.documentation(sink.context, &row);
}

}  // namespace

/// A payload is the symbol's own text: without the symbols inside of it, and without comments.
void Report::find_payloads() {
  PayloadSweep sweep;
  auto comment = comments_.begin();
  const auto pass_comments = [&](std::uint64_t offset) {
    for (; comment != comments_.end() && comment->start < offset; ++comment) {
      sweep.close_up_to(comment->start);
      sweep.cut(comment->start, comment->end);
    }
    sweep.close_up_to(offset);
  };
  for (Symbol &symbol : symbols_) {
    pass_comments(symbol.range.start.offset);
    if (!symbol.has_payload) continue;
    sweep.cut(symbol.range.start.offset, symbol.range.end.offset);
    sweep.open(symbol);
  }
  pass_comments(std::numeric_limits<std::uint64_t>::max());
}

std::int32_t Report::send(const codira_sink &sink) {
  find_payloads();
  for (const Symbol &symbol : symbols_) send_symbol(symbol, sink);
  for (const Reference &reference : references_) send_reference(reference, sink);
  send_header(module(), header, sink);
  for (const Problem &problem : problems_) send_problem(problem.message, problem.range, sink);
  return is_partial_ ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK;
}

}  // namespace __PREFIX___analyzer
