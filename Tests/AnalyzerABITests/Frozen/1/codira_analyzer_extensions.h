/*
 * codira_analyzer_extensions.h: what an analyzer may offer beyond codira_analyzer.h.
 *
 * An extension is a struct that the analyzer's `extension(id)` returns for its name; it is static, like the
 * descriptor.  Each begins with its size and is only ever appended to.  An analyzer without one works as well:
 * a tool that needs it says so.  Conventions of strings, ownership and threads are those of codira_analyzer.h.
 */
#ifndef CODIRA_ANALYZER_EXTENSIONS_H
#define CODIRA_ANALYZER_EXTENSIONS_H

#include "codira_analyzer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The syntax tree that an analyzer reads, for its author: `codira plugins run FILE.so SOURCE --sexp`. */
#define CODIRA_EXTENSION_SYNTAX_TREE "codira.syntax-tree/1"

typedef struct codira_syntax_tree {
  size_t size;

  /* [worker] Parses `source` as analyze() does and hands the tree over as an s-expression, in pieces that are
   * joined as they come: each node with its kind, its field and its range, children indented on lines of their own.
   * `emit` is called with `context` on the same thread before write() returns; the pieces are borrowed for that
   * call.  Returns 1 when a tree was written, 0 when this source has none. */
  int32_t (*write)(codira_instance *instance, const codira_source *source, void *context,
                   void (*emit)(void *context, codira_string piece));
} codira_syntax_tree;

#ifdef __cplusplus
}
#endif

#endif
