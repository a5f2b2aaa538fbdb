#pragma once

typedef struct TSLanguage TSLanguage;

const TSLanguage *tree_sitter_json(void);
