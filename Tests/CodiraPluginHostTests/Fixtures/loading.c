/* Misbehaves before any source is seen, as the macros say. */
#include <signal.h>
#include <unistd.h>

#ifdef DESTROY_CRASHES
#define FIXTURE_DESTROY crash_in_destroy
struct codira_instance;
static void crash_in_destroy(struct codira_instance *instance) {
  (void)instance;
  __builtin_trap();
}
#endif

#ifdef CREATE_REFUSES
#include "codira_analyzer.h"
#define FIXTURE_CREATE refuse_to_create
static codira_instance *refuse_to_create(const codira_host *host, codira_string configuration,
                                         const codira_project *project, codira_string *reason) {
  (void)host, (void)configuration, (void)project;
  *reason = (codira_string){"its tables are missing", 22};
  return NULL;
}
#endif

#ifdef CREATE_CRASHES
#include "codira_analyzer.h"
#define FIXTURE_CREATE crash_in_create
static codira_instance *crash_in_create(const codira_host *host, codira_string configuration,
                                        const codira_project *project, codira_string *reason) {
  (void)host, (void)configuration, (void)project, (void)reason;
  __builtin_trap();
}
#endif

#ifdef OWN_ENTRY
#define FIXTURE_NO_ENTRY
#endif

#include "fixture.h"

#ifdef OWN_ENTRY
static codira_analyzer changed;
const codira_analyzer *codira_analyzer_entry(uint32_t host_abi) {
  (void)host_abi;
  changed = fixture_descriptor;
  OWN_ENTRY;
  return &changed;
}
#endif

#ifdef CONSTRUCTOR
__attribute__((constructor)) static void at_load(void) { CONSTRUCTOR; }
#endif

static int32_t analyze(codira_instance *instance, const codira_source *source, const codira_sink *sink) {
  (void)instance, (void)source;
  return report_word(sink);
}
