#include "codira_ini.h"
