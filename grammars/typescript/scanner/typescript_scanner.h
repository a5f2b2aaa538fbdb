/*
 * The external scanner of the TypeScript and TSX grammars, on top of the one of JavaScript.
 *
 * Include it once in a C file that defines SCANNER(name), the prefix of the grammar's functions. The fetched
 * scanner of JavaScript is included as it is, its functions renamed; its token numbers are the first ones of
 * TypeScript's. Beside them TypeScript has
 *
 *   FUNCTION_SIGNATURE_AUTOMATIC_SEMICOLON  valid where `function f(): T` may end that has no body
 *   ERROR_RECOVERY                          valid only while the parser skips over broken source
 *
 * and its own rule for line ends that end nothing, because types go on in other ways than expressions.
 */
#define tree_sitter_javascript_external_scanner_create SCANNER(create)
#define tree_sitter_javascript_external_scanner_destroy SCANNER(destroy)
#define tree_sitter_javascript_external_scanner_serialize SCANNER(serialize)
#define tree_sitter_javascript_external_scanner_deserialize SCANNER(deserialize)
#define tree_sitter_javascript_external_scanner_scan scan_as_javascript

#include "tree_sitter/parser.h"

static bool scan_as_javascript(void *payload, TSLexer *lexer, const bool *valid);

#include "../../javascript/src/scanner.c"

enum { FUNCTION_SIGNATURE_AUTOMATIC_SEMICOLON = JSX_TEXT + 1, ERROR_RECOVERY };

static bool is_line_end(int32_t character) {
  return character == '\n' || character == '\r' || character == 0x2028 || character == 0x2029;
}

typedef struct gap {
  bool has_line_end;
  bool has_comment;
  bool ends_in_slash; /* a division or regular expression begins */
} gap;

static void skip_block_comment(TSLexer *lexer, gap *found) {
  for (bool star = false; lexer->lookahead != 0; skip(lexer)) {
    if (star && lexer->lookahead == '/') {
      skip(lexer);
      return;
    }
    star = lexer->lookahead == '*';
    found->has_line_end = found->has_line_end || is_line_end(lexer->lookahead);
  }
}

/* White space and comments up to the next token. */
static gap skip_gap(TSLexer *lexer) {
  gap found = {false, false, false};
  for (;;) {
    while (lexer->lookahead != 0 && (iswspace(lexer->lookahead) || is_line_end(lexer->lookahead))) {
      found.has_line_end = found.has_line_end || is_line_end(lexer->lookahead);
      skip(lexer);
    }
    if (lexer->lookahead != '/') return found;
    skip(lexer);
    if (lexer->lookahead == '/') {
      while (lexer->lookahead != 0 && !is_line_end(lexer->lookahead)) skip(lexer);
    } else if (lexer->lookahead == '*') {
      skip(lexer);
      skip_block_comment(lexer, &found);
    } else {
      found.ends_in_slash = true;
      return found;
    }
    found.has_comment = true;
  }
}

static bool is_word_part(int32_t character) {
  return character == '_' || character == '$' || character > 127 || iswalnum(character);
}

/* `in` or `instanceof`, at its first letter. */
static bool skip_operator_word(TSLexer *lexer) {
  skip(lexer);
  if (lexer->lookahead != 'n') return false;
  skip(lexer);
  if (!is_word_part(lexer->lookahead)) return true;
  for (const char *rest = "stanceof"; *rest; rest++) {
    if (lexer->lookahead != *rest) return false;
    skip(lexer);
  }
  return !is_word_part(lexer->lookahead);
}

/* Whether the token at the start of a line goes on with what stands above it. */
static bool continues(TSLexer *lexer, const bool *valid) {
  switch (lexer->lookahead) {
    case '`': case ',': case ':': case ';': case '%': case '>': case '<': case '=': case '?': case '^':
    case '|': case '&':
      return true;
    case '(': case '[': case '*':
      /* A call, an element, a product goes on where an operator could; behind a type a new member begins. */
      return valid[LOGICAL_OR];
    case '{':
      return valid[FUNCTION_SIGNATURE_AUTOMATIC_SEMICOLON];
    case '.':
      skip(lexer);
      return !iswdigit(lexer->lookahead);
    case '+':
      skip(lexer);
      return lexer->lookahead != '+';
    case '-':
      skip(lexer);
      return lexer->lookahead != '-';
    case '!':
      skip(lexer);
      return lexer->lookahead == '=';
    case 'i':
      return valid[LOGICAL_OR] && skip_operator_word(lexer);
    default:
      return false;
  }
}

/* The end of a statement, member or signature that nobody wrote. */
static bool scan_semicolon(TSLexer *lexer, const bool *valid, bool *has_comment) {
  lexer->result_symbol = AUTOMATIC_SEMICOLON;
  lexer->mark_end(lexer);
  gap gap = skip_gap(lexer);
  *has_comment = gap.has_comment;
  if (gap.ends_in_slash) return false;
  if (lexer->lookahead == 0 || lexer->lookahead == '}') return true;
  return gap.has_line_end && !continues(lexer, valid);
}

/* A `?` that asks; one before `:`, `,`, `)` or `=` marks what may be left out. */
static bool scan_question(TSLexer *lexer) {
  if (!scan_ternary_qmark(lexer)) return false;
  while (lexer->lookahead != 0 && iswspace(lexer->lookahead)) advance(lexer);
  return lexer->lookahead != ':' && lexer->lookahead != ',' && lexer->lookahead != ')' && lexer->lookahead != '=';
}

bool SCANNER(scan)(void *payload, TSLexer *lexer, const bool *valid) {
  if (valid[ERROR_RECOVERY]) return false;
  if (!valid[AUTOMATIC_SEMICOLON]) {
    bool asks = valid[TERNARY_QMARK] && !valid[TEMPLATE_CHARS] && !valid[JSX_TEXT];
    return asks ? scan_question(lexer) : scan_as_javascript(payload, lexer, valid);
  }
  bool has_comment = false;
  if (scan_semicolon(lexer, valid, &has_comment)) return true;
  return !has_comment && valid[TERNARY_QMARK] && lexer->lookahead == '?' && scan_question(lexer);
}
