/* See limits.c: nothing here is called by name. */
