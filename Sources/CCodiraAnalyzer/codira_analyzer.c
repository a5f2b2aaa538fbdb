#include "codira_analyzer.h"
