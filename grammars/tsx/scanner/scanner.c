#define SCANNER(name) tree_sitter_tsx_external_scanner_##name
#include "../../typescript/scanner/typescript_scanner.h"
