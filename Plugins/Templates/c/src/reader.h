#ifndef __PREFIX___READER_H
#define __PREFIX___READER_H

#include "report.h"

/* Reads one source into the report; false when the host no longer wants the result. */
bool read_source(report *report, const codira_source *source, const codira_sink *sink);

#endif
