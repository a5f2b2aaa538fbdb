#ifndef CODIRA_HTTP_ENTRY_H
#define CODIRA_HTTP_ENTRY_H

#include "http_server.h"

const codira_http_interface *codira_http_entry(void);

#endif
