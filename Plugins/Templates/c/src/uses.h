#ifndef __PREFIX___USES_H
#define __PREFIX___USES_H

#include "cursor.h"

/* `use a.b.c` */
void read_use(reader *reader);

/* One token of a function's body; a name before a parenthesis is a call. */
void read_code(reader *reader);

#endif
