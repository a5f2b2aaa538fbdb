#include "report.h"

/* Bytes [start, end) of a payload. */
typedef struct piece {
  codira_span span;
  struct piece *next;
} piece;

static void add_piece(report *report, symbol *symbol, uint32_t start, uint32_t end) {
  if (start >= end) return;
  piece *added = memory_take(&report->memory, sizeof *added);
  added->span = (codira_span){.start = start, .end = end};
  if (symbol->pieces == NULL) {
    symbol->pieces = added;
  } else {
    symbol->last_piece->next = added;
  }
  symbol->last_piece = added;
  symbol->artifact.payload_count += 1;
}

/* Leaves bytes out of the payload of the symbol around them. */
static void cut(report *report, symbol *symbol, uint32_t start, uint32_t end) {
  if (symbol == NULL) return;
  add_piece(report, symbol, symbol->cursor, start);
  if (end > symbol->cursor) symbol->cursor = end;
}

/* Ends the payloads of the symbols that end at or before `offset`; the innermost one left. */
static symbol *close_up_to(report *report, symbol *open, uint64_t offset) {
  while (open != NULL && open->artifact.range.end.offset <= offset) {
    add_piece(report, open, open->cursor, open->artifact.range.end.offset);
    do open = open->outer;
    while (open != NULL && !open->has_payload);
  }
  return open;
}

/* A payload is the symbol's own text: without the symbols inside of it, and without comments. */
static void find_payloads(report *report) {
  symbol *open = NULL;
  size_t comment = 0;
  for (symbol *symbol = report->first;; symbol = symbol->next) {
    uint64_t start = symbol == NULL ? UINT64_MAX : symbol->artifact.range.start.offset;
    for (; comment < report->comment_count && report->comments[comment].start < start; comment++) {
      open = close_up_to(report, open, report->comments[comment].start);
      cut(report, open, report->comments[comment].start, report->comments[comment].end);
    }
    open = close_up_to(report, open, start);
    if (symbol == NULL) return;
    if (!symbol->has_payload) continue;
    cut(report, open, symbol->artifact.range.start.offset, symbol->artifact.range.end.offset);
    symbol->cursor = symbol->artifact.range.start.offset;
    open = symbol;
  }
}

static void send_symbol(report *report, symbol *symbol, const codira_sink *sink) {
  codira_span *payload = memory_take(&report->memory, symbol->artifact.payload_count * sizeof *payload);
  size_t count = 0;
  for (piece *piece = symbol->pieces; piece != NULL; piece = piece->next) payload[count++] = piece->span;
  symbol->artifact.payload = payload;
  sink->symbol(sink->context, &symbol->artifact);
}

/* The comment at the top of the file is the module's documentation, and a piece of its own. */
static void send_header(const report *report, const codira_sink *sink) {
  const codira_symbol *module = &report->first->artifact;
  if (module->documentation.length == 0) return;
  codira_documentation header = {
      .size = sizeof header,
      .id = module->id,
      .owner = module->id,
      .format = TEXT("plain"),
      .text = module->documentation,
      .range = report->header,
  };
  sink->documentation(sink->context, &header);
}

int32_t report_send(report *report, const codira_sink *sink) {
  find_payloads(report);
  for (symbol *symbol = report->first; symbol != NULL; symbol = symbol->next) send_symbol(report, symbol, sink);
  for (size_t i = 0; i < report->reference_count; i++) sink->reference(sink->context, &report->references[i]);
  send_header(report, sink);
  for (size_t i = 0; i < report->diagnostic_count; i++) sink->diagnostic(sink->context, &report->diagnostics[i]);
  return report->is_partial ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK;
}
