#define SCANNER(name) tree_sitter_typescript_external_scanner_##name
#include "typescript_scanner.h"
