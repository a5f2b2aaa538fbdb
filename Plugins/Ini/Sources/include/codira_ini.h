#ifndef CODIRA_INI_H
#define CODIRA_INI_H

/* The analyzer for INI files exports codira_analyzer_entry() and nothing else. */
#include "codira_analyzer.h"

#endif
