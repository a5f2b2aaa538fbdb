/*
 * codira_analyzer.h: the interface between codira and a language analyzer.
 *
 * An analyzer is a shared object that exports one function, codira_analyzer_entry.  The host loads it in a
 * worker process of its own, asks for its descriptor, creates one instance, hands it the files it owns one
 * after the other, and receives symbols, references, documentation and diagnostics through a sink.
 *
 * This header needs a C11 or C++17 compiler and an LP64 machine, and nothing else.  docs/plugins/abi.md describes
 * every declaration at length.
 *
 * Order of calls, all on one thread of the worker
 *
 *   codira_analyzer_entry, at least once; then at most once create; then analyze, once for each file; then
 *   destroy.  A host that only wants the descriptor calls nothing but the entry.  A worker that is ended by force
 *   (a limit, the user) gets no destroy.  Before the object is loaded, so before its constructors run, the worker
 *   gives up what it may not use: an analyzer opens no file, starts no process, uses no network.
 *
 * Conventions, valid for everything below
 *
 *   Strings     pointer and length, UTF-8, not terminated; data may be NULL where length is 0.  A text that is
 *               not known is empty.  The same holds of every list: pointer and count, NULL where count is 0.
 *               Only the ids of extensions are C strings, terminated by a zero byte.  Repository
 *               paths that are not UTF-8 arrive with each bad byte as \xHH and each backslash doubled.
 *               The host turns ill-formed UTF-8 that it receives into U+FFFD.
 *   Ownership   whoever passes a pointer keeps it.  "Borrowed for the call" means: valid until the called
 *               function returns; copy what you need longer.  No memory allocated on one side is ever
 *               freed on the other.  No pointer the host passes to a function is NULL, but for data of
 *               empty strings and lists.
 *   Threads     [worker] marks a function that is called on the one thread that serves an instance.  An
 *               instance is never used by two threads at once, and a worker process has one instance.  The
 *               host functions in codira_sink may be called only inside analyze(), on the same thread.
 *   Growth      leaf values (string, position, range, span, candidate, value entry, argument, conversion,
 *               project interest) are frozen for ever and carry no size.  Every other struct begins with
 *               its size in bytes as its author compiled it, crosses only by pointer, and is only ever
 *               appended to: read a field only where size covers it.  A host takes a struct that is longer
 *               than its own, and one that ends where that of an earlier release did: what is missing is 0.
 *               A shorter one is refused.  Whole new features come as extensions, asked for by name.
 *   Numbers     a kind, role or flag that this header does not name fails the file; a new one comes with a new
 *               CODIRA_ABI_VERSION, so that an analyzer can see whether its host knows it.  A field named
 *               `reserved` is 0.
 *   Failure     an analyzer never exits, never writes to standard output, never keeps a lock across calls, and
 *               lets no exception leave a function.  Broken source is data: report what could be read, with
 *               diagnostics, and return PARTIAL.  A crash, or more time or memory than the host gives, costs
 *               the file at hand; the next one gets a new process.
 *   Sameness    the same bytes, path, project, analyzer and configuration give the same artifacts in the
 *               same order, in any process, at any time.
 *
 * Stable ids
 *
 *   id          = language " " descriptor+ ; the file-less root of a language is `language " "` alone
 *   descriptor  = namespace | type | term | callable | macro | parameter | type-parameter
 *   namespace   = name "/"              module, package, C++ namespace
 *   type        = name "#"              class, struct, interface, enum, alias
 *   term        = name "."              variable, constant, field, property, enumerator
 *   callable    = name "(" [what] [mark] ")."
 *   macro       = name "!"
 *   parameter   = "(" name ")"
 *   type-parameter = "[" name "]"
 *   name        = simple | "`" escaped [mark] "`"
 *   simple      = one or more of A-Z a-z 0-9 _ + - $
 *   escaped     = any characters, "`" doubled, ";" doubled
 *   what        = what the language overloads by (parameter types, labels), where ";" and ")" and "`" are
 *                 written inside back-ticks or, for ";", doubled
 *   mark        = ";+" ordinal | ";" role        a redefinition (+1, +2), a setter, a static twin
 *
 *   Back-ticks stand around every name that is not simple, or that carries a mark, and only around those.
 *   An id never holds a line, an offset, an absolute path, or an order among unrelated symbols.  Examples:
 *     python requests/sessions/Session#get().      c redisCommand().
 *     c src/`util.c`/helper().                     java com/google/gson/Gson#toJson(Object,Type).
 *     python app/Box#size(;setter).                python app/`LIMIT;+1`.
 */
#ifndef CODIRA_ANALYZER_H
#define CODIRA_ANALYZER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header.  A host serves every version from the oldest to the newest it knows. */
#define CODIRA_ABI_VERSION 1u
#define CODIRA_ABI_OLDEST 1u

#if defined(_WIN32)
#define CODIRA_EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define CODIRA_EXPORT __attribute__((visibility("default")))
#else
#define CODIRA_EXPORT
#endif

/* ------------------------------------------------------------------------------------------------------
 * Leaf values: frozen.
 * ------------------------------------------------------------------------------------------------------ */

/* UTF-8 text, not terminated. */
typedef struct codira_string {
  const char *data;
  size_t length;
} codira_string;

/* A place.  offset counts bytes of the source from 0; line counts from 1 and ends at LF, CRLF or a lone CR;
 * column is 1 + the bytes since the line's start. */
typedef struct codira_position {
  uint32_t offset;
  uint32_t line;
  uint32_t column;
} codira_position;

/* From start up to, not including, end. */
typedef struct codira_range {
  codira_position start;
  codira_position end;
} codira_range;

/* Bytes [start, end) of the source. */
typedef struct codira_span {
  uint32_t start;
  uint32_t end;
} codira_span;

/* What a name may stand for: a root id and up to CODIRA_MAX_MEMBERS names walked from it, one after the
 * other.  The root may be an id of any kind, most often a namespace: the analyzer need not know whether the
 * name imported from there is a function, a type or a variable.  A member is a plain name (as in the symbol's
 * `name`), such a name called with n arguments, written `name(n)` (of several callables those that take so
 * many), or one of the reserved steps below.  A name that could be read as a step or a call, or begins with
 * `#`, stands between back-ticks.  The host follows aliases, supertypes, value types and results by itself. */
typedef struct codira_candidate {
  codira_string root;
  const codira_string *members;
  uint32_t member_count;
  uint32_t flags; /* CODIRA_CANDIDATE_... */
} codira_candidate;

#define CODIRA_MAX_MEMBERS 16u

/* Reserved steps, spelled exactly so.  "#0", "#1", ... is the n-th result of a call or element of a tuple.
 * "#p0", "#p1", ... is what the n-th parameter of a callable, or of a function's type, is declared as: value types
 * at these paths stand beside the others and say nothing of the value itself; where a symbol states none of them,
 * its value type's are meant.  Whatever else begins with `#` is reserved. */
#define CODIRA_STEP_ELEMENT "[]"     /* element of a sequence, value of a map, what a channel gives */
#define CODIRA_STEP_KEY "[k]"        /* key of a map */
#define CODIRA_STEP_CALL "()"        /* result of calling a value */
#define CODIRA_STEP_DEREFERENCE "*"  /* the type's own arrow operator, else its element, else itself */
#define CODIRA_STEP_PARAMETER "#p"   /* with the parameter's number behind it, from 0 */
#define CODIRA_STEP_CONSTRUCTOR "new" /* the type's constructors, else the type; a name `new` is written "`new`" */

#define CODIRA_CANDIDATE_OPEN_PARAMETERS 1u /* the last name stands for any overload of that name */
#define CODIRA_CANDIDATE_EXTERNAL 2u        /* the chain leaves the repository here; root is a text for people, no id */
#define CODIRA_CANDIDATE_RECEIVER 4u        /* in a value type: whatever the member was asked of (`return self`);
                                               root is empty */

/* One part of a value's type: at the end of `path` (reserved steps; empty: the value itself) stand these
 * candidates, in order of preference.  map[K][]*T is two entries: ["[k]"] K and ["[]", "[]"] T. */
typedef struct codira_value_entry {
  const codira_string *path;
  const codira_candidate *candidates;
  uint32_t path_count;
  uint32_t candidate_count;
} codira_value_entry;

/* What is known of one argument of a call, for languages that overload: its type as ordered candidates.  A
 * literal is an EXTERNAL candidate whose root names its type ("int"); CODIRA_ARGUMENT_NULL and
 * CODIRA_ARGUMENT_LAMBDA followed by the parameter count are reserved roots.  No candidates: unknown. */
typedef struct codira_argument {
  const codira_candidate *candidates;
  uint32_t candidate_count;
  uint32_t reserved; /* 0 */
} codira_argument;

#define CODIRA_ARGUMENT_NULL ";null"
#define CODIRA_ARGUMENT_LAMBDA ";lambda "
/* Where a language writes how a value is passed (`T&`, `const T*`), the first candidate of an argument may be an
 * EXTERNAL one of this root and a form, `?` standing for the type's name, which the candidates behind it name; and a
 * last argument of the second root may say what a member is called on. */
#define CODIRA_ARGUMENT_FORM ";as:"
#define CODIRA_ARGUMENT_RECEIVER ";of:"

/* An implicit conversion the language allows when it chooses an overload, by the types' last names.  Conversions
 * of a lower phase are tried first (Java: widening 0, boxing 1), of one type those that stand first.  `from` may be
 * empty, for whatever no other row names, or CODIRA_ARGUMENT_NULL.  A row to the empty name says that the table lists
 * every conversion of that type; a row from a type to itself that it lists every one of it and to it; one from "[]"
 * to "[]" says so of all arrays, written `T[]`.
 *
 * A row to a text with `?` in it is about forms: how well (its phase) a value of the form `from` goes to a parameter
 * written so, empty standing for what a conversion gives.  An analyzer with such rows states its parameters' types as
 * value types of the callable at "#p0", "#p1", ...  What an id writes behind the parameters (`const`; ";" where there
 * is nothing) is compared with rows from CODIRA_ARGUMENT_RECEIVER. */
typedef struct codira_conversion {
  codira_string from;
  codira_string to;
  uint32_t phase;
  uint32_t reserved; /* 0 */
} codira_conversion;

/* A file the analyzer wants to know of, wherever it lies in the repository, because identities depend on it. */
typedef struct codira_project_interest {
  codira_string pattern;
  uint32_t match; /* CODIRA_MATCH_... */
  uint32_t bytes; /* 1: with its content, 0: the path alone */
} codira_project_interest;

enum {
  CODIRA_MATCH_NAME = 0,  /* pattern is the file's exact name: "go.mod" */
  CODIRA_MATCH_SUFFIX = 1 /* pattern ends the file's name: ".csproj" */
};

/* ------------------------------------------------------------------------------------------------------
 * Artifacts, analyzer to host.
 * ------------------------------------------------------------------------------------------------------ */

/* Kinds of symbol, a closed list.  A number is never reused. */
enum {
  CODIRA_KIND_MODULE = 1,
  CODIRA_KIND_NAMESPACE = 2,
  CODIRA_KIND_CLASS = 3,
  CODIRA_KIND_STRUCT = 4,
  CODIRA_KIND_INTERFACE = 5,
  CODIRA_KIND_TRAIT = 6,
  CODIRA_KIND_ENUM = 7,
  CODIRA_KIND_UNION = 8,
  CODIRA_KIND_TYPE_ALIAS = 9,
  CODIRA_KIND_FUNCTION = 10,
  CODIRA_KIND_METHOD = 11,
  CODIRA_KIND_CONSTRUCTOR = 12,
  CODIRA_KIND_PROPERTY = 13,
  CODIRA_KIND_FIELD = 14,
  CODIRA_KIND_ENUMERATOR = 15,
  CODIRA_KIND_CONSTANT = 16,
  CODIRA_KIND_VARIABLE = 17,
  CODIRA_KIND_MACRO = 18,
  CODIRA_KIND_IMPORT = 19,
  CODIRA_KIND_SECTION = 20, /* a part of a document or configuration file */
  CODIRA_KIND_KEY = 21,     /* an entry of a configuration file */
  CODIRA_KIND_EXTENSION = 22 /* adds members and supertypes to its parent, a type declared elsewhere; never
                                reached by its own name */
};

enum {
  CODIRA_VISIBILITY_UNKNOWN = 0,
  CODIRA_VISIBILITY_PUBLIC = 1,
  CODIRA_VISIBILITY_PROTECTED = 2,
  CODIRA_VISIBILITY_INTERNAL = 3, /* package, module, crate */
  CODIRA_VISIBILITY_PRIVATE = 4   /* type, file */
};

#define CODIRA_SYMBOL_TEST 1u
#define CODIRA_SYMBOL_DEPRECATED 2u
#define CODIRA_SYMBOL_GENERATED 4u
#define CODIRA_SYMBOL_DECLARATION_ONLY 8u /* the definition stands elsewhere */
#define CODIRA_SYMBOL_LOCAL 16u           /* inside a callable: no other file can name it */
#define CODIRA_SYMBOL_STATIC 32u          /* belongs to the type, not to an instance; or has file linkage */
#define CODIRA_SYMBOL_ABSTRACT 64u
#define CODIRA_SYMBOL_ASYNC 128u
#define CODIRA_SYMBOL_WILDCARD 256u       /* an import that brings in every public name of what it aliases;
                                              a namespace or type whose names are its container's too */

/* A definition or declaration.  Emit a parent before its children where both are in the file.  Ranges lie inside the
 * source, and their lines and columns are those of their offsets. */
typedef struct codira_symbol {
  size_t size;
  uint32_t kind;                /* CODIRA_KIND_... */
  uint32_t visibility;          /* CODIRA_VISIBILITY_... */
  uint32_t flags;               /* CODIRA_SYMBOL_... */
  int32_t parameters_min;       /* fewest arguments a call may pass, receiver not counted; 0 where unknown */
  int32_t parameters_max;       /* most arguments; -1: no limit, unknown, or nothing that is called */
  uint32_t alias_count;
  codira_string id;             /* unique in the file */
  codira_string parent;         /* id of the same language; empty for a root.  Its row may be in another file. */
  codira_string name;           /* as a reader would type it */
  codira_string qualified_name; /* dotted or `::`, as the language writes it: sessions.Session.get */
  codira_string signature;      /* one line, as a reader would want to see it */
  codira_string documentation;  /* text of its comment or docstring, markers and indentation removed */
  codira_range range;           /* the whole, with decorators and attributes, without its comment */
  codira_range name_range;      /* the name; empty at range.start where there is none */
  const codira_candidate *aliases;         /* what it stands for: imports, re-exports, typedefs */
  const codira_value_entry *value_types;   /* result of a callable, type of a value, underlying type of a type */
  const codira_span *payload;              /* the bytes that say what it means, none empty, in ascending order without
                                              overlap; no spans: it is not embedded */
  uint32_t value_type_count;
  uint32_t payload_count;
} codira_symbol;

enum {
  CODIRA_ROLE_CALL = 1,
  CODIRA_ROLE_TYPE_USE = 2,
  CODIRA_ROLE_INHERITS = 3,
  CODIRA_ROLE_IMPLEMENTS = 4,
  CODIRA_ROLE_CALLABLE_VALUE = 5, /* a callable passed, stored or returned without being called */
  CODIRA_ROLE_IMPORTS = 6
};

enum {
  CODIRA_EXTERNAL_NONE = 0,
  CODIRA_EXTERNAL_BUILTIN = 1,
  CODIRA_EXTERNAL_STANDARD_LIBRARY = 2,
  CODIRA_EXTERNAL_SYSTEM_HEADER = 3,
  CODIRA_EXTERNAL_DEPENDENCY = 4
};

#define CODIRA_REFERENCE_NO_NAME 1u /* its scope is fully known: never guess it by its name alone */

/* A use of something.  Emit references in the order of their places. */
typedef struct codira_reference {
  size_t size;
  uint32_t role;                   /* CODIRA_ROLE_... */
  uint32_t flags;                  /* CODIRA_REFERENCE_... */
  int32_t argument_count;          /* -1: unknown (spread arguments) or no call */
  uint32_t external_kind;          /* CODIRA_EXTERNAL_... */
  codira_string owner;             /* id of the innermost symbol that contains it; one that this file reports, earlier
                                      or later */
  codira_string name;              /* as written, last component: get */
  codira_string receiver;          /* as written, or empty: self.session */
  codira_string external;          /* what it is outside the repository, where known: os.path.join; of external_kind */
  codira_range range;              /* the name */
  const codira_candidate *candidates; /* in order of preference */
  const codira_string *labels;     /* keyword names of arguments, in order; empty for a positional one */
  const codira_argument *arguments; /* for languages that overload; else empty */
  uint32_t candidate_count;
  uint32_t label_count;
  uint32_t argument_type_count;    /* entries of arguments */
  uint32_t reserved;               /* 0 */
} codira_reference;

/* A piece of documentation that is not (only) one symbol's own: a module's docstring, a section. */
typedef struct codira_documentation {
  size_t size;
  codira_string id;           /* a stable id of the analyzer's language; a symbol's own, or one that no symbol has */
  codira_string owner;        /* id of the symbol it describes, or empty */
  codira_string format;       /* "plain", "markdown", "restructuredtext", "doxygen" */
  codira_string text;
  codira_range range;
  const codira_string *headings; /* from the outermost */
  uint32_t heading_count;
  uint32_t reserved;          /* 0 */
} codira_documentation;

enum { CODIRA_SEVERITY_NOTE = 1, CODIRA_SEVERITY_WARNING = 2, CODIRA_SEVERITY_ERROR = 3 };

typedef struct codira_diagnostic {
  size_t size;
  uint32_t severity;     /* CODIRA_SEVERITY_... */
  uint32_t reserved;     /* 0 */
  codira_string code;    /* short, stable, for programs: "syntax" */
  codira_string message; /* one sentence for people */
  codira_range range;
} codira_diagnostic;

/* ------------------------------------------------------------------------------------------------------
 * What the host hands over.
 * ------------------------------------------------------------------------------------------------------ */

/* Borrowed for the call of analyze().  The analyzer opens no file: these are the bytes. */
typedef struct codira_source {
  size_t size;
  codira_string path; /* relative to the repository, `/` between components */
  const uint8_t *bytes;
  size_t byte_count;
} codira_source;

/* One file of the project view. */
typedef struct codira_project_file {
  size_t size;
  codira_string path;
  const uint8_t *bytes; /* NULL where only the path was asked for */
  size_t byte_count;
} codira_project_file;

/* Every repository file that matches the descriptor's interests, sorted by path.  Borrowed from create() until
 * destroy() returns. */
typedef struct codira_project {
  size_t size;
  const codira_project_file *const *files;
  size_t file_count;
} codira_project;

/* Where artifacts go.  Borrowed for the call of analyze(); every pointer inside an artifact is borrowed by the
 * host for that call of the sink only.  No function is NULL.  The functions report no errors: after the first
 * artifact that cannot be taken, the rest of the file is ignored, should_stop() gives 1, and the file fails with the
 * reason.  All that a file reports may have 64 times the bytes of its source and 1 MiB. */
typedef struct codira_sink {
  size_t size;
  void *context; /* first argument of every function below */

  /* [worker] One artifact.  What is malformed (id, range, kind) fails the file, and the message names it. */
  void (*symbol)(void *context, const codira_symbol *symbol);
  void (*reference)(void *context, const codira_reference *reference);
  void (*documentation)(void *context, const codira_documentation *documentation);
  void (*diagnostic)(void *context, const codira_diagnostic *diagnostic);

  /* [worker] Why analyze() is about to return FAILED: one sentence for people, borrowed for the call; the last one
   * wins.  Without a FAILED it is ignored. */
  void (*message)(void *context, codira_string message);

  /* [worker] 1 when the result is no longer wanted: return FAILED soon.  Cheap; ask at will. */
  int32_t (*should_stop)(void *context);
} codira_sink;

/* The host, valid from create() until destroy() returns. */
typedef struct codira_host {
  size_t size;
  uint32_t abi_version; /* newest version the host speaks */
  uint32_t reserved;    /* 0 */
  codira_string name;   /* "codira" */
  codira_string version;

  /* [worker] A feature by its name ("codira.example/1"), NULL where the host lacks it.  May be called in create(),
   * analyze() and destroy(); what it gives is the host's, valid until destroy() returns.  So far there are
   * none. */
  const void *(*extension)(const char *id);
} codira_host;

/* ------------------------------------------------------------------------------------------------------
 * The analyzer.
 * ------------------------------------------------------------------------------------------------------ */

typedef struct codira_instance codira_instance; /* the analyzer's own */

/* What analyze() returns; any other number fails the file. */
enum {
  CODIRA_RESULT_OK = 0,
  CODIRA_RESULT_PARTIAL = 1,  /* recovered from broken source; diagnostics say where */
  CODIRA_RESULT_NOT_MINE = 2, /* wrong owner after all; nothing of it is kept */
  CODIRA_RESULT_FAILED = 3    /* nothing of it is kept; a message said why */
};

/* Bits of `capabilities`: what the analyzer can report at all.  A bit that is not set means "does not". */
#define CODIRA_CAPABILITY_MODULE 1u
#define CODIRA_CAPABILITY_TYPE 2u
#define CODIRA_CAPABILITY_CALLABLE 4u
#define CODIRA_CAPABILITY_IMPORT 8u
#define CODIRA_CAPABILITY_CONSTANT 16u
#define CODIRA_CAPABILITY_VARIABLE 32u
#define CODIRA_CAPABILITY_NAMESPACE 64u
#define CODIRA_CAPABILITY_DOCUMENTATION 128u

#define CODIRA_TRAIT_C3 1u                /* supertypes are linearized by C3, not nearest first */
#define CODIRA_TRAIT_CONSTRUCTOR_CALLS 2u /* calling a type constructs it (else such a call is a type use) */
#define CODIRA_TRAIT_OVERLOADS 4u         /* several callables of one name differ by their parameters */

enum {
  CODIRA_THREADS_ONE_INSTANCE = 0, /* one instance in a process */
  CODIRA_THREADS_INDEPENDENT = 1   /* instances of one process may run on different threads at once */
};

/* What the analyzer is.  Static: the same pointer at every call, valid and unchanged while the object is loaded.  A
 * list has at most 4,096 entries. */
typedef struct codira_analyzer {
  size_t size;
  uint32_t abi_version;  /* the version it keeps to: CODIRA_ABI_VERSION of the header it was compiled with, or an older
                            one, for a host that speaks no newer one */
  uint32_t capabilities; /* CODIRA_CAPABILITY_... */
  uint32_t traits;       /* CODIRA_TRAIT_... */
  uint32_t threads;      /* CODIRA_THREADS_... */
  uint32_t grammar_abi;  /* 0 where there is no grammar */
  uint32_t reserved;     /* 0 */
  uint64_t largest_file; /* bytes; 0: the host's limit alone */

  codira_string id;      /* "python": lower-case, digits, `-`; also the first word of its stable ids */
  codira_string version; /* raise it whenever the same source may give other artifacts */
  codira_string grammar_name;
  codira_string grammar_version;
  codira_string configuration_schema; /* JSON Schema of create()'s configuration, for people; empty: takes none */

  const codira_string *languages;    /* names for people and filters: "python" */
  const codira_string *suffixes;     /* ".py" */
  const codira_string *file_names;   /* "Makefile" */
  const codira_string *interpreters; /* "python3", as the last component of a #! line */
  const codira_project_interest *project_interests;
  const codira_conversion *conversions;
  uint32_t language_count;
  uint32_t suffix_count;
  uint32_t file_name_count;
  uint32_t interpreter_count;
  uint32_t project_interest_count;
  uint32_t conversion_count;

  /* [worker] A new instance, or NULL: then the analyzer is unavailable, and `*reason`, empty before, may be set to
   * why; its text is the analyzer's, and stays valid while the object is loaded.  configuration is a JSON object, "{}"
   * where the user set nothing, borrowed for the call; the host does not hold it against the schema: what cannot be
   * served is a reason to give NULL.  host and project stay valid until destroy() returns. */
  codira_instance *(*create)(const codira_host *host, codira_string configuration, const codira_project *project,
                             codira_string *reason);

  /* [worker] Reads one source and reports what is in it.  Returns CODIRA_RESULT_...  The instance is the one create()
   * gave; nothing of an earlier source may change what a later one gives. */
  int32_t (*analyze)(codira_instance *instance, const codira_source *source, const codira_sink *sink);

  /* [worker] Frees the instance and what it holds.  Called at most once, never with NULL; nothing is called after. */
  void (*destroy)(codira_instance *instance);

  /* [worker] A feature by its name, NULL where the analyzer lacks it.  May be NULL itself.  May be called at any time
   * after the entry; what it gives is the analyzer's, valid while the object is loaded.
   * The names that the host knows stand in codira_analyzer_extensions.h. */
  const void *(*extension)(const char *id);

  /* For each of `suffixes` the one of `languages` that such files are in; NULL: all are in the first, as files
   * are that are known by their exact name or interpreter. */
  const codira_string *suffix_languages;
} codira_analyzer;

/* The only exported symbol.  host_abi is the newest version the host speaks; an analyzer that cannot serve it
 * returns NULL, and is refused.  It need not compare with the oldest: a host refuses what lies below its window, and
 * says both numbers.  [worker] May be called more than once, and always gives the same. */
CODIRA_EXPORT const codira_analyzer *codira_analyzer_entry(uint32_t host_abi);

#ifdef __cplusplus
}
#endif

#endif
