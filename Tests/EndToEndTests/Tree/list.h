#ifndef LIST_H
#define LIST_H
struct list { int size; struct list *next; };
int list_size(const struct list *list);
#endif
