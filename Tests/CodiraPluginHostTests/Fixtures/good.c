/* Behaves: one symbol, one reference, one piece of documentation, one diagnostic, whatever the source. */
#include "fixture.h"

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  (void)instance;
  if (begins(source, "not mine")) return CODIRA_RESULT_NOT_MINE;
  if (begins(source, "failed")) {
    sink->message(sink->context, text("first reason"));
    sink->message(sink->context, text("this source is unreadable"));
    return CODIRA_RESULT_FAILED;
  }
  if (source->byte_count == 0) return CODIRA_RESULT_OK;
  const codira_string members[] = {TEXT("close"), TEXT(CODIRA_STEP_CALL)};
  const codira_candidate candidates[] = {{text("fixture io/"), members, 2, 0},
                                         {text("an external text"), NULL, 0, CODIRA_CANDIDATE_EXTERNAL}};
  const codira_string path[] = {TEXT(CODIRA_STEP_ELEMENT)};
  const codira_value_entry types[] = {{path, candidates, 1, 2}};
  const codira_span payload[] = {{0, 1}, {2, 3}};
  codira_symbol symbol = word_symbol();
  symbol.signature = text("word = 1");
  symbol.documentation = text("A word.");
  symbol.visibility = CODIRA_VISIBILITY_PUBLIC;
  symbol.flags = CODIRA_SYMBOL_TEST;
  symbol.aliases = candidates;
  symbol.alias_count = 1;
  symbol.value_types = types;
  symbol.value_type_count = 1;
  symbol.payload = payload;
  symbol.payload_count = 2;
  sink->symbol(sink->context, &symbol);

  codira_reference reference = word_reference();
  const codira_string labels[] = {TEXT(""), TEXT("end")};
  const codira_argument arguments[] = {{candidates, 1, 0}, {NULL, 0, 0}};
  reference.candidates = candidates;
  reference.candidate_count = 2;
  reference.argument_count = 2;
  reference.labels = labels;
  reference.label_count = 2;
  reference.arguments = arguments;
  reference.argument_type_count = 2;
  reference.external = text("builtins.print");
  reference.external_kind = CODIRA_EXTERNAL_BUILTIN;
  reference.flags = CODIRA_REFERENCE_NO_NAME;
  sink->reference(sink->context, &reference);

  codira_documentation documentation;
  memset(&documentation, 0, sizeof documentation);
  const codira_string headings[] = {TEXT("Top"), TEXT("Below")};
  documentation.size = sizeof documentation;
  documentation.id = text("fixture `doc;+1`.");
  documentation.owner = text("fixture word.");
  documentation.format = text("plain");
  documentation.text = text("Read me.");
  documentation.range = first_line(0, 2);
  documentation.headings = headings;
  documentation.heading_count = 2;
  sink->documentation(sink->context, &documentation);

  codira_diagnostic diagnostic;
  memset(&diagnostic, 0, sizeof diagnostic);
  diagnostic.size = sizeof diagnostic;
  diagnostic.severity = CODIRA_SEVERITY_WARNING;
  diagnostic.code = text("syntax");
  diagnostic.message = text("odd");
  diagnostic.range = first_line(1, 2);
  sink->diagnostic(sink->context, &diagnostic);
  return sink->should_stop(sink->context) ? CODIRA_RESULT_FAILED : CODIRA_RESULT_PARTIAL;
}
