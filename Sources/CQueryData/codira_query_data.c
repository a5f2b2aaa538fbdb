#include "codira_query_data.h"

/* The data file is written without this header, field by field: its layout must not drift. */
_Static_assert(offsetof(codira_query_data, length) == 8, "length follows one pointer");
_Static_assert(offsetof(codira_query_data, language) == 16, "language follows the length");
_Static_assert(sizeof(codira_query_data) == 24, "three words");
