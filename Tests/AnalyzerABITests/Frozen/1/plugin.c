/*
 * An analyzer of the first release, for as long as hosts serve that release.
 *
 * It is compiled with the header beside it, never with the current one alone, and uses every struct and every function
 * of it. Its language has one statement a line:
 *
 *   import other.name           an import, and a use of what it brings
 *   type Name : Base            a class
 *   var name : Type             a variable
 *   fn name(Type, ...) : Type   a function, overloaded by its parameters' types
 *   name(value, label=value)    a call, made by the function above it
 *   > words                     documentation of the file
 *   ! words                     the analyzer gives up, and says the words
 */
#include <stdlib.h>
#include <string.h>

#include "codira_analyzer.h"

#define TEXT(literal) {(literal), sizeof(literal) - 1}
#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))
#define LIST 8

struct codira_instance {
  char root[64]; /* the id of what all names lie in: "frozen shop/" */
};

/* What is known of the file at hand. */
typedef struct {
  const codira_instance *instance;
  const codira_source *source;
  const codira_sink *sink;
  size_t offset;    /* of the line */
  size_t length;    /* of the line, without its end */
  uint32_t line;
  uint32_t faults;
  char owner[256];  /* the innermost symbol so far: the file, or the last function */
} reader;

static codira_string text(const char *value) {
  codira_string string = {value, strlen(value)};
  return string;
}

static codira_string part(const reader *file, size_t start, size_t end) {
  codira_string string = {(const char *)file->source->bytes + file->offset + start, end - start};
  return string;
}

static codira_range range(const reader *file, size_t start, size_t end) {
  uint32_t line_start = (uint32_t)file->offset;
  codira_position from = {line_start + (uint32_t)start, file->line, (uint32_t)start + 1};
  codira_position to = {line_start + (uint32_t)end, file->line, (uint32_t)end + 1};
  codira_range value = {from, to};
  return value;
}

/* Puts texts one after the other, cut where they would not fit. */
static codira_string join(char *place, size_t size, const codira_string *parts, size_t count) {
  codira_string joined = {place, 0};
  for (size_t i = 0; i < count; i++) {
    size_t room = size - joined.length;
    size_t taken = parts[i].length < room ? parts[i].length : room;
    memcpy(place + joined.length, parts[i].data, taken);
    joined.length += taken;
  }
  return joined;
}

/* Skips spaces, then a name; 0 where none stands there. */
static int name_at(const reader *file, size_t *place, size_t *start) {
  const uint8_t *bytes = file->source->bytes + file->offset;
  while (*place < file->length && bytes[*place] == ' ') *place += 1;
  *start = *place;
  while (*place < file->length && ((bytes[*place] | 32) >= 'a' && (bytes[*place] | 32) <= 'z')) *place += 1;
  return *place > *start;
}

static int takes(const reader *file, size_t *place, const char *mark) {
  const uint8_t *bytes = file->source->bytes + file->offset;
  size_t length = strlen(mark), at = *place;
  while (at < file->length && bytes[at] == ' ') at += 1;
  if (file->length - at < length || memcmp(bytes + at, mark, length) != 0) return 0;
  *place = at + length;
  return 1;
}

static int32_t fault(reader *file, const char *message) {
  codira_diagnostic diagnostic = {0};
  diagnostic.size = sizeof diagnostic;
  diagnostic.severity = CODIRA_SEVERITY_WARNING;
  diagnostic.code = text("syntax");
  diagnostic.message = text(message);
  diagnostic.range = range(file, 0, file->length);
  file->sink->diagnostic(file->sink->context, &diagnostic);
  file->faults += 1;
  return 1;
}

/* A type: one of the language's own, or a name of this file's root. */
static codira_candidate type_named(const reader *file, codira_string *name) {
  codira_candidate candidate = {text(file->instance->root), name, 1, 0};
  if (name->length == 3 && memcmp(name->data, "int", 3) == 0) {
    candidate.root = *name;
    candidate.members = NULL;
    candidate.member_count = 0;
    candidate.flags = CODIRA_CANDIDATE_EXTERNAL;
  }
  return candidate;
}

static void refer(reader *file, uint32_t role, size_t start, size_t end, const codira_candidate *candidates,
                  uint32_t count) {
  codira_reference reference = {0};
  reference.size = sizeof reference;
  reference.role = role;
  reference.argument_count = -1;
  reference.owner = text(file->owner);
  reference.name = part(file, start, end);
  reference.range = range(file, start, end);
  reference.candidates = candidates;
  reference.candidate_count = count;
  if (candidates[0].flags & CODIRA_CANDIDATE_EXTERNAL) {
    reference.external_kind = CODIRA_EXTERNAL_BUILTIN;
    reference.external = candidates[0].root;
  }
  file->sink->reference(file->sink->context, &reference);
}

static codira_symbol symbol(const reader *file, uint32_t kind, codira_string id, size_t start, size_t end) {
  codira_symbol value = {0};
  value.size = sizeof value;
  value.kind = kind;
  value.visibility = CODIRA_VISIBILITY_PUBLIC;
  value.parameters_max = -1;
  value.id = id;
  value.parent = text(file->instance->root);
  value.name = part(file, start, end);
  value.qualified_name = value.name;
  value.signature = part(file, 0, file->length);
  value.range = range(file, 0, file->length);
  value.name_range = range(file, start, end);
  return value;
}

static codira_string id_of(const reader *file, char *place, size_t size, codira_string name, const char *suffix) {
  codira_string parts[] = {text(file->instance->root), name, text(suffix)};
  return join(place, size, parts, 3);
}

static int32_t read_import(reader *file, size_t place) {
  size_t space, name, end;
  if (!name_at(file, &place, &space)) return fault(file, "An import names nothing.");
  end = place;
  if (!takes(file, &place, ".") || !name_at(file, &place, &name)) return fault(file, "An import has no name.");
  char id[256], root[128];
  codira_string parts[] = {text("frozen "), part(file, space, end), text("/")};
  codira_string member = part(file, name, place);
  codira_candidate brought = {join(root, sizeof root, parts, 3), &member, 1, 0};
  codira_symbol value = symbol(file, CODIRA_KIND_IMPORT, id_of(file, id, sizeof id, member, "."), name, place);
  value.aliases = &brought;
  value.alias_count = 1;
  file->sink->symbol(file->sink->context, &value);
  refer(file, CODIRA_ROLE_IMPORTS, name, place, &brought, 1);
  return 1;
}

static int32_t read_type(reader *file, size_t place) {
  size_t name, base;
  if (!name_at(file, &place, &name)) return fault(file, "A type has no name.");
  char id[256];
  codira_span payload = {(uint32_t)file->offset, (uint32_t)(file->offset + file->length)};
  codira_symbol value =
      symbol(file, CODIRA_KIND_CLASS, id_of(file, id, sizeof id, part(file, name, place), "#"), name, place);
  value.documentation = text("A type.");
  value.flags = CODIRA_SYMBOL_ABSTRACT;
  value.payload = &payload;
  value.payload_count = 1;
  file->sink->symbol(file->sink->context, &value);
  if (!takes(file, &place, ":")) return 1;
  if (!name_at(file, &place, &base)) return fault(file, "A type inherits nothing.");
  codira_string member = part(file, base, place);
  codira_candidate candidate = type_named(file, &member);
  refer(file, CODIRA_ROLE_INHERITS, base, place, &candidate, 1);
  return 1;
}

static int32_t read_variable(reader *file, size_t place) {
  size_t name, end, type;
  if (!name_at(file, &place, &name)) return fault(file, "A variable has no name.");
  end = place;
  if (!takes(file, &place, ":") || !name_at(file, &place, &type)) return fault(file, "A variable has no type.");
  char id[256];
  codira_string member = part(file, type, place);
  codira_candidate candidate = type_named(file, &member);
  codira_string path[] = {TEXT(CODIRA_STEP_ELEMENT)};
  /* `name : Type[]` is a list of them. */
  int is_list = takes(file, &place, CODIRA_STEP_ELEMENT);
  codira_value_entry entry = {path, &candidate, is_list ? 1 : 0, 1};
  codira_symbol value =
      symbol(file, CODIRA_KIND_VARIABLE, id_of(file, id, sizeof id, part(file, name, end), "."), name, end);
  value.value_types = &entry;
  value.value_type_count = 1;
  file->sink->symbol(file->sink->context, &value);
  refer(file, CODIRA_ROLE_TYPE_USE, type, type + member.length, &candidate, 1);
  return 1;
}

static int32_t read_function(reader *file, size_t place) {
  static const codira_string steps[] = {TEXT(CODIRA_STEP_PARAMETER "0"), TEXT(CODIRA_STEP_PARAMETER "1")};
  size_t name, end, start;
  codira_string types[3], parts[LIST] = {text(file->instance->root)};
  codira_candidate candidates[3];
  codira_value_entry entries[3];
  uint32_t count = 0, part_count = 2, entry_count = 0;
  if (!name_at(file, &place, &name)) return fault(file, "A function has no name.");
  end = place;
  parts[1] = part(file, name, end);
  if (!takes(file, &place, "(")) return fault(file, "A function has no parameters.");
  parts[part_count++] = text("(");
  while (count < COUNT(steps) && name_at(file, &place, &start)) {
    types[count] = part(file, start, place);
    candidates[count] = type_named(file, &types[count]);
    codira_value_entry entry = {&steps[count], &candidates[count], 1, 1};
    entries[entry_count++] = entry;
    if (count > 0) parts[part_count++] = text(",");
    parts[part_count++] = types[count++];
    takes(file, &place, ",");
  }
  if (!takes(file, &place, ")")) return fault(file, "A parameter is no type.");
  parts[part_count++] = text(").");
  if (takes(file, &place, ":") && name_at(file, &place, &start)) {
    types[2] = part(file, start, place);
    candidates[2] = type_named(file, &types[2]);
    codira_value_entry entry = {NULL, &candidates[2], 0, 1};
    entries[entry_count++] = entry;
  }
  codira_string id = join(file->owner, sizeof file->owner - 1, parts, part_count);
  file->owner[id.length] = 0;
  codira_symbol value = symbol(file, CODIRA_KIND_FUNCTION, id, name, end);
  value.parameters_min = (int32_t)count;
  value.parameters_max = (int32_t)count;
  value.value_types = entries;
  value.value_type_count = entry_count;
  file->sink->symbol(file->sink->context, &value);
  return 1;
}

/* `name(value, label=value)`: a number is an int, a name a value of this file. */
static int32_t read_call(reader *file) {
  size_t place = 0, name, end, start;
  codira_string labels[LIST], names[LIST];
  codira_candidate values[LIST];
  codira_argument arguments[LIST];
  uint32_t count = 0;
  if (!name_at(file, &place, &name)) return fault(file, "No statement begins so.");
  end = place;
  if (!takes(file, &place, "(")) return fault(file, "No statement begins so.");
  while (count < LIST && !takes(file, &place, ")")) {
    codira_string none = {NULL, 0};
    codira_argument argument = {&values[count], 1, 0};
    labels[count] = none;
    if (takes(file, &place, "1")) {
      codira_candidate number = {text("int"), NULL, 0, CODIRA_CANDIDATE_EXTERNAL};
      values[count] = number;
    } else if (takes(file, &place, "?")) {
      argument.candidates = NULL;
      argument.candidate_count = 0;
    } else if (takes(file, &place, "nothing")) {
      codira_candidate null = {text(CODIRA_ARGUMENT_NULL), NULL, 0, CODIRA_CANDIDATE_EXTERNAL};
      values[count] = null;
    } else if (name_at(file, &place, &start)) {
      names[count] = part(file, start, place);
      if (takes(file, &place, "=")) {
        labels[count] = names[count];
        if (!name_at(file, &place, &start)) return fault(file, "A label stands alone.");
        names[count] = part(file, start, place);
      }
      codira_candidate value = {text(file->instance->root), &names[count], 1, 0};
      values[count] = value;
    } else {
      return fault(file, "An argument is no value.");
    }
    arguments[count++] = argument;
    takes(file, &place, ",");
  }
  codira_string called = part(file, name, end);
  codira_candidate target = {text(file->instance->root), &called, 1, CODIRA_CANDIDATE_OPEN_PARAMETERS};
  codira_reference reference = {0};
  reference.size = sizeof reference;
  reference.role = CODIRA_ROLE_CALL;
  reference.flags = CODIRA_REFERENCE_NO_NAME;
  reference.argument_count = (int32_t)count;
  reference.owner = text(file->owner);
  reference.name = called;
  reference.receiver = text("here");
  reference.range = range(file, name, end);
  reference.candidates = &target;
  reference.candidate_count = 1;
  reference.labels = labels;
  reference.label_count = count;
  reference.arguments = arguments;
  reference.argument_type_count = count;
  file->sink->reference(file->sink->context, &reference);
  return 1;
}

static int32_t read_words(reader *file, size_t place) {
  char id[256];
  codira_string headings[] = {TEXT("Words"), file->source->path};
  codira_documentation value = {0};
  value.size = sizeof value;
  value.id = id_of(file, id, sizeof id, text("words"), ".");
  value.owner = text(file->instance->root);
  value.format = text("plain");
  value.text = part(file, place, file->length);
  value.range = range(file, 0, file->length);
  value.headings = headings;
  value.heading_count = COUNT(headings);
  file->sink->documentation(file->sink->context, &value);
  return 1;
}

/* 0: the analyzer gives up. */
static int32_t read_line(reader *file) {
  size_t place = 0;
  if (file->length == 0) return 1;
  if (takes(file, &place, "!")) {
    file->sink->message(file->sink->context, part(file, place, file->length));
    return 0;
  }
  if (takes(file, &place, ">")) return read_words(file, place);
  if (takes(file, &place, "import ")) return read_import(file, place);
  if (takes(file, &place, "type ")) return read_type(file, place);
  if (takes(file, &place, "var ")) return read_variable(file, place);
  if (takes(file, &place, "fn ")) return read_function(file, place);
  return read_call(file);
}

static void report_file(reader *file) {
  codira_symbol value = {0};
  value.size = sizeof value;
  value.kind = CODIRA_KIND_MODULE;
  value.visibility = CODIRA_VISIBILITY_PUBLIC;
  value.parameters_max = -1;
  value.id = text(file->instance->root);
  value.name = file->source->path;
  value.qualified_name = file->source->path;
  file->length = 0;
  value.range = range(file, 0, 0);
  value.name_range = value.range;
  file->sink->symbol(file->sink->context, &value);
}

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  reader file = {0};
  if (source->size < sizeof *source || sink->size < sizeof *sink) return CODIRA_RESULT_FAILED;
  if (source->byte_count >= 2 && memcmp(source->bytes, "#!", 2) == 0) return CODIRA_RESULT_NOT_MINE;
  file.instance = instance;
  file.source = source;
  file.sink = sink;
  file.line = 1;
  strcpy(file.owner, instance->root);
  report_file(&file);
  while (file.offset < source->byte_count) {
    const uint8_t *start = source->bytes + file.offset;
    const uint8_t *end = memchr(start, '\n', source->byte_count - file.offset);
    file.length = end == NULL ? source->byte_count - file.offset : (size_t)(end - start);
    if (sink->should_stop(sink->context) || !read_line(&file)) return CODIRA_RESULT_FAILED;
    file.offset += file.length + 1;
    file.line += 1;
  }
  return file.faults > 0 ? CODIRA_RESULT_PARTIAL : CODIRA_RESULT_OK;
}

/* The name of the project is the first line of its `frozen.project`; `{"refuse":true}` gives no instance. */
static codira_instance *create(const codira_host *host, codira_string configuration, const codira_project *project,
                               codira_string *reason) {
  if (host->size < sizeof *host || project->size < sizeof *project || host->abi_version < 1 ||
      host->name.length == 0 || host->version.length == 0 || host->extension("codira.none/1") != NULL) {
    *reason = text("This host is none of the first release or later.");
    return NULL;
  }
  if (configuration.length == 15 && memcmp(configuration.data, "{\"refuse\":true}", 15) == 0) {
    *reason = text("It was asked to refuse.");
    return NULL;
  }
  codira_instance *instance = calloc(1, sizeof *instance);
  if (instance == NULL) return NULL;
  codira_string name = {NULL, 0};
  for (size_t i = 0; i < project->file_count; i++) {
    const codira_project_file *file = project->files[i];
    if (file->size < sizeof *file || file->bytes == NULL || file->path.length == 0) continue;
    const uint8_t *end = memchr(file->bytes, '\n', file->byte_count);
    name.data = (const char *)file->bytes;
    name.length = end == NULL ? file->byte_count : (size_t)(end - file->bytes);
  }
  if (name.length == 0) name = text("alone");
  codira_string parts[] = {text("frozen "), name, text("/")};
  join(instance->root, sizeof instance->root - 1, parts, 3);
  return instance;
}

static void destroy(codira_instance *instance) { free(instance); }

static const void *extension(const char *id) {
  (void)id;
  return NULL;
}

static const codira_string languages[] = {TEXT("frozen"), TEXT("frozen-notes")};
static const codira_string suffixes[] = {TEXT(".frozen"), TEXT(".frozen-notes")};
static const codira_string file_names[] = {TEXT("Frozenfile")};
static const codira_string interpreters[] = {TEXT("frozen")};
static const codira_project_interest interests[] = {{TEXT("frozen.project"), CODIRA_MATCH_NAME, 1},
                                                    {TEXT(".frozen-list"), CODIRA_MATCH_SUFFIX, 0}};
static const codira_conversion conversions[] = {{TEXT("int"), TEXT("long"), 0, 0}};

static const codira_analyzer analyzer = {
    sizeof(codira_analyzer),
    CODIRA_ABI_VERSION,
    CODIRA_CAPABILITY_MODULE | CODIRA_CAPABILITY_TYPE | CODIRA_CAPABILITY_CALLABLE | CODIRA_CAPABILITY_IMPORT |
        CODIRA_CAPABILITY_VARIABLE | CODIRA_CAPABILITY_DOCUMENTATION,
    CODIRA_TRAIT_OVERLOADS,
    CODIRA_THREADS_INDEPENDENT,
    14,
    0,
    1 << 20,
    TEXT("frozen"),
    TEXT("1"),
    TEXT("none"),
    TEXT("0"),
    TEXT("{\"type\":\"object\"}"),
    languages,
    suffixes,
    file_names,
    interpreters,
    interests,
    conversions,
    COUNT(languages),
    COUNT(suffixes),
    COUNT(file_names),
    COUNT(interpreters),
    COUNT(interests),
    COUNT(conversions),
    create,
    analyze,
    destroy,
    extension,
    languages,
};

CODIRA_EXPORT const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  return host_abi >= CODIRA_ABI_VERSION ? &analyzer : NULL;
}
