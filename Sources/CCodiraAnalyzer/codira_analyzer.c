#include "codira_analyzer.h"

/*
 * The layout of every struct of the interface on LP64, pinned: a change that moves a field does not compile.
 * Only appending a field to a struct that begins with its size, and then only a new line here, keeps old
 * analyzers working.
 */

#ifdef __cplusplus
#define _Static_assert static_assert
#endif

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " must have " #bytes " bytes")
#define FIELD(type, field, bytes) \
  _Static_assert(offsetof(type, field) == (bytes), #type "." #field " must stand at byte " #bytes)

FIELD(codira_string, data, 0);
FIELD(codira_string, length, 8);
SIZE(codira_string, 16);

FIELD(codira_position, offset, 0);
FIELD(codira_position, line, 4);
FIELD(codira_position, column, 8);
SIZE(codira_position, 12);

FIELD(codira_range, start, 0);
FIELD(codira_range, end, 12);
SIZE(codira_range, 24);

FIELD(codira_span, start, 0);
FIELD(codira_span, end, 4);
SIZE(codira_span, 8);

FIELD(codira_candidate, root, 0);
FIELD(codira_candidate, members, 16);
FIELD(codira_candidate, member_count, 24);
FIELD(codira_candidate, flags, 28);
SIZE(codira_candidate, 32);

FIELD(codira_value_entry, path, 0);
FIELD(codira_value_entry, candidates, 8);
FIELD(codira_value_entry, path_count, 16);
FIELD(codira_value_entry, candidate_count, 20);
SIZE(codira_value_entry, 24);

FIELD(codira_argument, candidates, 0);
FIELD(codira_argument, candidate_count, 8);
FIELD(codira_argument, reserved, 12);
SIZE(codira_argument, 16);

FIELD(codira_conversion, from, 0);
FIELD(codira_conversion, to, 16);
FIELD(codira_conversion, phase, 32);
FIELD(codira_conversion, reserved, 36);
SIZE(codira_conversion, 40);

FIELD(codira_project_interest, pattern, 0);
FIELD(codira_project_interest, match, 16);
FIELD(codira_project_interest, bytes, 20);
SIZE(codira_project_interest, 24);

FIELD(codira_symbol, size, 0);
FIELD(codira_symbol, kind, 8);
FIELD(codira_symbol, visibility, 12);
FIELD(codira_symbol, flags, 16);
FIELD(codira_symbol, parameters_min, 20);
FIELD(codira_symbol, parameters_max, 24);
FIELD(codira_symbol, alias_count, 28);
FIELD(codira_symbol, id, 32);
FIELD(codira_symbol, parent, 48);
FIELD(codira_symbol, name, 64);
FIELD(codira_symbol, qualified_name, 80);
FIELD(codira_symbol, signature, 96);
FIELD(codira_symbol, documentation, 112);
FIELD(codira_symbol, range, 128);
FIELD(codira_symbol, name_range, 152);
FIELD(codira_symbol, aliases, 176);
FIELD(codira_symbol, value_types, 184);
FIELD(codira_symbol, payload, 192);
FIELD(codira_symbol, value_type_count, 200);
FIELD(codira_symbol, payload_count, 204);
SIZE(codira_symbol, 208);

FIELD(codira_reference, size, 0);
FIELD(codira_reference, role, 8);
FIELD(codira_reference, flags, 12);
FIELD(codira_reference, argument_count, 16);
FIELD(codira_reference, external_kind, 20);
FIELD(codira_reference, owner, 24);
FIELD(codira_reference, name, 40);
FIELD(codira_reference, receiver, 56);
FIELD(codira_reference, external, 72);
FIELD(codira_reference, range, 88);
FIELD(codira_reference, candidates, 112);
FIELD(codira_reference, labels, 120);
FIELD(codira_reference, arguments, 128);
FIELD(codira_reference, candidate_count, 136);
FIELD(codira_reference, label_count, 140);
FIELD(codira_reference, argument_type_count, 144);
FIELD(codira_reference, reserved, 148);
SIZE(codira_reference, 152);

FIELD(codira_documentation, size, 0);
FIELD(codira_documentation, id, 8);
FIELD(codira_documentation, owner, 24);
FIELD(codira_documentation, format, 40);
FIELD(codira_documentation, text, 56);
FIELD(codira_documentation, range, 72);
FIELD(codira_documentation, headings, 96);
FIELD(codira_documentation, heading_count, 104);
FIELD(codira_documentation, reserved, 108);
SIZE(codira_documentation, 112);

FIELD(codira_diagnostic, size, 0);
FIELD(codira_diagnostic, severity, 8);
FIELD(codira_diagnostic, reserved, 12);
FIELD(codira_diagnostic, code, 16);
FIELD(codira_diagnostic, message, 32);
FIELD(codira_diagnostic, range, 48);
SIZE(codira_diagnostic, 72);

FIELD(codira_source, size, 0);
FIELD(codira_source, path, 8);
FIELD(codira_source, bytes, 24);
FIELD(codira_source, byte_count, 32);
SIZE(codira_source, 40);

FIELD(codira_project_file, size, 0);
FIELD(codira_project_file, path, 8);
FIELD(codira_project_file, bytes, 24);
FIELD(codira_project_file, byte_count, 32);
SIZE(codira_project_file, 40);

FIELD(codira_project, size, 0);
FIELD(codira_project, files, 8);
FIELD(codira_project, file_count, 16);
SIZE(codira_project, 24);

FIELD(codira_sink, size, 0);
FIELD(codira_sink, context, 8);
FIELD(codira_sink, symbol, 16);
FIELD(codira_sink, reference, 24);
FIELD(codira_sink, documentation, 32);
FIELD(codira_sink, diagnostic, 40);
FIELD(codira_sink, message, 48);
FIELD(codira_sink, should_stop, 56);
SIZE(codira_sink, 64);

FIELD(codira_host, size, 0);
FIELD(codira_host, abi_version, 8);
FIELD(codira_host, reserved, 12);
FIELD(codira_host, name, 16);
FIELD(codira_host, version, 32);
FIELD(codira_host, extension, 48);
SIZE(codira_host, 56);

FIELD(codira_analyzer, size, 0);
FIELD(codira_analyzer, abi_version, 8);
FIELD(codira_analyzer, capabilities, 12);
FIELD(codira_analyzer, traits, 16);
FIELD(codira_analyzer, threads, 20);
FIELD(codira_analyzer, grammar_abi, 24);
FIELD(codira_analyzer, reserved, 28);
FIELD(codira_analyzer, largest_file, 32);
FIELD(codira_analyzer, id, 40);
FIELD(codira_analyzer, version, 56);
FIELD(codira_analyzer, grammar_name, 72);
FIELD(codira_analyzer, grammar_version, 88);
FIELD(codira_analyzer, configuration_schema, 104);
FIELD(codira_analyzer, languages, 120);
FIELD(codira_analyzer, suffixes, 128);
FIELD(codira_analyzer, file_names, 136);
FIELD(codira_analyzer, interpreters, 144);
FIELD(codira_analyzer, project_interests, 152);
FIELD(codira_analyzer, conversions, 160);
FIELD(codira_analyzer, language_count, 168);
FIELD(codira_analyzer, suffix_count, 172);
FIELD(codira_analyzer, file_name_count, 176);
FIELD(codira_analyzer, interpreter_count, 180);
FIELD(codira_analyzer, project_interest_count, 184);
FIELD(codira_analyzer, conversion_count, 188);
FIELD(codira_analyzer, create, 192);
FIELD(codira_analyzer, analyze, 200);
FIELD(codira_analyzer, destroy, 208);
FIELD(codira_analyzer, extension, 216);
FIELD(codira_analyzer, suffix_languages, 224);
SIZE(codira_analyzer, 232);
